// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the one JSON value of a text stands, so that it can be copied as it is. Nesting has no
 * bound here and strings may hold halves of surrogate pairs as escapes: nothing is decoded.
 *
 * @param from its first byte, behind white space
 * @param to behind its last byte
 */
public record JsonSpan(int from, int to) {
  /** The value of these octets; null if they are not one JSON value in UTF-8. */
  public static @Nullable JsonSpan of(byte[] text) {
    if (!Utf8.isValid(text)) {
      return null;
    }
    JsonLexer lexer = new JsonLexer(text);
    try {
      lexer.peek();
      int from = lexer.position();
      skip(lexer);
      int to = lexer.position();
      lexer.end();
      return new JsonSpan(from, to);
    } catch (BusJsonException e) {
      return null;
    }
  }

  private static void skip(JsonLexer lexer) throws BusJsonException {
    BitSet objects = new BitSet();
    int depth = 0;
    do {
      int first = lexer.peek();
      if (first == '{' || first == '[') {
        boolean object = first == '{';
        lexer.take((char) first);
        objects.set(depth++, object);
        if (!lexer.tryTake(object ? '}' : ']')) {
          name(lexer, object);
          continue;
        }
        depth--;
      } else {
        scalar(lexer, first);
      }
      depth = leave(lexer, objects, depth);
    } while (depth > 0);
  }

  /** Behind a value: moves to the next one, out of as many containers as end here. */
  private static int leave(JsonLexer lexer, BitSet objects, int inside) throws BusJsonException {
    int depth = inside;
    while (depth > 0) {
      boolean object = objects.get(depth - 1);
      if (lexer.tryTake(',')) {
        name(lexer, object);
        return depth;
      }
      lexer.take(object ? '}' : ']');
      depth--;
    }
    return depth;
  }

  private static void name(JsonLexer lexer, boolean object) throws BusJsonException {
    if (object) {
      lexer.peek();
      lexer.string();
      lexer.take(':');
    }
  }

  private static void scalar(JsonLexer lexer, int first) throws BusJsonException {
    switch (first) {
      case '"' -> lexer.string();
      case 't' -> lexer.literal("true");
      case 'f' -> lexer.literal("false");
      case 'n' -> lexer.literal("null");
      default -> lexer.number();
    }
  }
}
