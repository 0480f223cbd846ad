// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import java.util.Comparator;

/**
 * The order of texts by their code points, which is that of their UTF-8 octets. That of {@link
 * String#compareTo} differs from it above U+FFFF.
 */
final class CodePointOrder implements Comparator<String> {
  static final CodePointOrder INSTANCE = new CodePointOrder();

  private CodePointOrder() {}

  @Override
  public int compare(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean surrogates = Character.isSurrogate(x) && Character.isSurrogate(y);
        return surrogates || !(Character.isSurrogate(x) || Character.isSurrogate(y))
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
