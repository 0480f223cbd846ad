// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The keys that docs/config.md names, to be held against those that readers know. */
public final class ConfigPage {
  private ConfigPage() {}

  /**
   * The first column of the tables of some sections; a name that begins with a dot is in its row's
   * section.
   *
   * @param wanted which headings of the second level
   */
  public static List<Pattern> keys(Predicate<String> wanted) throws IOException {
    List<Pattern> found = new ArrayList<>();
    String heading = "";
    for (String line : lines()) {
      if (line.startsWith("## ")) {
        heading = line.substring(3);
      } else if (line.startsWith("| `") && wanted.test(heading)) {
        String prefix = heading.contains("`lichen`") ? "lichen." : "";
        String section = "";
        String cell = line.split("\\|", -1)[1].replaceAll("[` ]", "");
        for (String name : cell.split(",", -1)) {
          String full = name.startsWith(".") ? section + name.substring(1) : name;
          section = full.substring(0, full.lastIndexOf('.') + 1);
          found.add(Pattern.compile(Pattern.quote(prefix + full).replace("*", "\\E.*\\Q")));
        }
      }
    }
    return found;
  }

  private static List<String> lines() throws IOException {
    Path inModule = Path.of("docs/config.md");
    return Files.readAllLines(Files.exists(inModule) ? inModule : Path.of("../docs/config.md"));
  }
}
