// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links in the documentation lead somewhere, and every page can be found from its index. */
class LinksTest {
  private static final Path ROOT = Path.of(System.getProperty("lichen.root", ".."));
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```|`[^`\\n]*`");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*?) *#*$");

  @Test
  void shouldLeadToPagesAndHeadingsThatExist() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : linksOf(page)) {
        if (!leadsSomewhere(page, link)) {
          broken.add(ROOT.relativize(page) + ": " + link);
        }
      }
    }
    assertEquals(List.of(), broken, () -> String.join("\n", broken));
  }

  @Test
  void shouldReachEveryPageFromTheIndex() throws IOException {
    Set<Path> reached = new TreeSet<>();
    List<Path> waiting = new ArrayList<>(List.of(DOCS.resolve("README.md").normalize()));
    while (!waiting.isEmpty()) {
      Path page = waiting.removeLast();
      if (reached.add(page)) {
        linksOf(page).stream()
            .filter(link -> !isElsewhere(link))
            .map(link -> target(page, link))
            .filter(path -> path.toString().endsWith(".md") && Files.exists(path))
            .forEach(waiting::add);
      }
    }
    Set<Path> lost = new TreeSet<>(pages());
    lost.removeAll(reached);
    lost.removeIf(page -> !page.startsWith(DOCS.normalize()));
    assertEquals(Set.of(), lost);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "JSON lines of net | json-lines-of-net",
        "0003: Java 25, chosen by toolchain | 0003-java-25-chosen-by-toolchain",
        "What `./lichen nat` says | what-lichen-nat-says",
        "A – B | a--b",
        "[one](two.md) three | one-three",
      })
  void shouldNameHeadingsAsMarkdownSitesDo(String heading, String anchor) {
    assertEquals(anchor, slug(heading));
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    if (isElsewhere(link)) {
      return true;
    }
    Path target = target(page, link);
    int hash = link.indexOf('#');
    return Files.exists(target)
        && (hash < 0 || anchorsOf(target).contains(link.substring(hash + 1)));
  }

  private static boolean isElsewhere(String link) {
    return link.matches("[a-z]+:.*");
  }

  private static Path target(Path page, String link) {
    String path = link.replaceFirst("#.*", "");
    return path.isEmpty() ? page : page.resolveSibling(path).normalize();
  }

  private static List<String> linksOf(Path page) {
    String text = CODE.matcher(read(page)).replaceAll("");
    return LINK.matcher(text).results().map((MatchResult link) -> link.group(1)).toList();
  }

  private static Set<String> anchorsOf(Path page) {
    Map<String, Integer> times = new HashMap<>();
    Set<String> anchors = new TreeSet<>();
    String text = Pattern.compile("(?ms)^```.*?^```").matcher(read(page)).replaceAll("");
    HEADING
        .matcher(text)
        .results()
        .map(heading -> slug(heading.group(1)))
        .forEach(
            slug -> {
              int before = times.merge(slug, 1, Integer::sum) - 1;
              anchors.add(before == 0 ? slug : slug + "-" + before);
            });
    return anchors;
  }

  private static String slug(String heading) {
    return heading
        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(DOCS)) {
      List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md").normalize()));
      files
          .filter(file -> file.toString().endsWith(".md"))
          .map(Path::normalize)
          .forEach(pages::add);
      assertTrue(pages.size() > 30, pages::toString);
      return pages;
    }
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
