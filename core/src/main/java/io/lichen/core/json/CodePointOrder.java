// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.util.Comparator;

/**
 * Texts in the order of their code points, which is that of their UTF-8 octets. The order of {@code
 * String} differs from it where surrogates meet characters above them.
 */
public enum CodePointOrder implements Comparator<String> {
  INSTANCE;

  private static final int ABOVE_SURROGATES = 0xE000;

  @Override
  public int compare(String left, String right) {
    int common = Math.min(left.length(), right.length());
    for (int i = 0; i < common; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        return rank(a) - rank(b);
      }
    }
    return left.length() - right.length();
  }

  /** Surrogates stand for characters above all others. */
  private static int rank(char c) {
    if (c < Character.MIN_SURROGATE) {
      return c;
    }
    return c < ABOVE_SURROGATES ? c + 0x10000 : c;
  }
}
