// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors;

import java.util.List;
import java.util.regex.Pattern;

/** Files that may lie beside the ones that are read here, and who reads them. */
final class OtherFiles {
  private record Known(Pattern path, String note) {}

  private static final List<Known> KNOWN =
      List.of(
          known("net-app/[^/]+\\.json", "later: services on a NetNode"),
          known("cross_lang_[^/]+/[^/]+\\.json", "later: services on a NetNode"),
          known("redex/5[0-5]-[^/]+\\.json", "later: services on a NetNode"),
          known("public/[^/]+\\.json", "read by the tests of module crypto"));

  private OtherFiles() {}

  /** What becomes of the file; empty if nobody knows it. */
  static String note(String relativePath) {
    return KNOWN.stream()
        .filter(known -> known.path().matcher(relativePath).find())
        .map(Known::note)
        .findFirst()
        .orElse("");
  }

  private static Known known(String path, String note) {
    return new Known(Pattern.compile("(^|/)" + path + "$"), note);
  }
}
