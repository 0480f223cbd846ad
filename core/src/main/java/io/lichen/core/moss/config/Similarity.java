// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Guesses which name was meant. */
final class Similarity {
  /** Longer names are compared by their beginning, so that a key cannot cost much time. */
  private static final int COMPARED_CHARACTERS = 64;

  private Similarity() {}

  /**
   * The candidate with the fewest single-character edits from the text, regardless of case; none if
   * even that would change most of it. Of equals, the one that begins most alike.
   */
  static Optional<String> nearest(String text, List<String> candidates) {
    return candidates.stream()
        .filter(candidate -> 2 * edits(text, candidate) <= candidate.length())
        .min(
            Comparator.<String>comparingInt(candidate -> edits(text, candidate))
                .thenComparingInt(candidate -> -commonPrefix(normal(text), normal(candidate))));
  }

  private static int commonPrefix(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return length;
  }

  private static int edits(String text, String candidate) {
    return distance(normal(text), normal(candidate));
  }

  private static String normal(String text) {
    return text.substring(0, Math.min(text.length(), COMPARED_CHARACTERS)).toLowerCase(Locale.ROOT);
  }

  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
