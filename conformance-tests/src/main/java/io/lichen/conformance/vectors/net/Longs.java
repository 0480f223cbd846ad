// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;

/** Unsigned 64-bit numbers, which stand in vectors as decimal text. */
final class Longs {
  private Longs() {}

  static long u64(JsonNode node, String name) {
    return Long.parseUnsignedLong(text(node, name));
  }

  static String u64(long number) {
    return Long.toUnsignedString(number);
  }
}
