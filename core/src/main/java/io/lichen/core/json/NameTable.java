// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Member names that a reader knows, numbered. They are found by their exact bytes without making a
 * string, else without regard to letter case. Immutable.
 */
public final class NameTable {
  private final List<String> names;
  private final byte[] @Nullable [] slots;
  private final int[] indices;
  private final Map<String, Integer> folded = new HashMap<>();

  /** Numbers the names, which must be ASCII and differ in more than letter case, from 0. */
  public NameTable(List<String> names) {
    this.names = List.copyOf(names);
    int size = Integer.highestOneBit(Math.max(1, names.size())) * 8;
    this.slots = new byte[size][];
    this.indices = new int[size];
    for (int i = 0; i < names.size(); i++) {
      add(names.get(i), i);
    }
  }

  private void add(String name, int index) {
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    int slot = hash(bytes, 0, bytes.length);
    while (slots[slot] != null) {
      slot = (slot + 1) & (slots.length - 1);
    }
    slots[slot] = bytes;
    indices[slot] = index;
    if (folded.put(fold(name), index) != null) {
      throw new IllegalArgumentException("the name " + name + " is not new");
    }
  }

  /** All names, in their order. */
  public List<String> names() {
    return new ArrayList<>(names);
  }

  /** The number of the name with exactly these bytes, or -1. */
  int find(byte[] text, int offset, int length) {
    if (length == 0) {
      return -1;
    }
    int slot = hash(text, offset, length);
    for (byte[] name = slots[slot]; name != null; name = slots[slot]) {
      if (Arrays.equals(name, 0, name.length, text, offset, offset + length)) {
        return indices[slot];
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return -1;
  }

  /** The number of the name that differs from the text in letter case at most, or -1. */
  public int findFolded(String text) {
    return folded.getOrDefault(fold(text), -1);
  }

  private int hash(byte[] text, int offset, int length) {
    int sum = length * 31 + text[offset];
    sum = sum * 31 + text[offset + length / 2];
    sum = sum * 31 + text[offset + length - 1];
    return (sum ^ sum >>> 7) & (slots.length - 1);
  }

  /**
   * Folds as the native does: a letter and all its other cases become one. Besides the ASCII
   * letters that concerns the long s and the Kelvin sign.
   */
  private static String fold(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        out.append((char) (c - 'a' + 'A'));
      } else if (c == '\u017f') {
        out.append('S');
      } else {
        out.append(c == '\u212a' ? 'K' : c);
      }
    }
    return out.toString();
  }
}
