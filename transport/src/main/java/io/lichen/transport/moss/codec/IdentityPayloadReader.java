// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads the members of an identity payload with the leniencies of the reference's decoder: unknown
 * members are skipped, names match in any letter case, the last of several wins, {@code null} is as
 * absent, octets may come as base64 or as an array of numbers (docs/wire/moss-transport.md,
 * "Identity payload"). For one use.
 */
final class IdentityPayloadReader {
  private static final byte[] NOTHING = {};

  private final JsonCursor cursor;
  private byte[] identityPublic = NOTHING;
  private byte[] signature = NOTHING;
  private byte[] challenge = NOTHING;

  IdentityPayloadReader(byte[] json) {
    cursor = new JsonCursor(json);
  }

  IdentityPayload read() {
    cursor.skipSpace();
    if (cursor.peek() == 'n') {
      cursor.literal("null");
    } else {
      readObject();
    }
    cursor.skipSpace();
    cursor.expectEnd();
    return new IdentityPayload(identityPublic, signature, challenge);
  }

  private void readObject() {
    cursor.expect('{');
    cursor.skipSpace();
    if (cursor.accept('}')) {
      return;
    }
    do {
      cursor.skipSpace();
      String name = cursor.string();
      cursor.skipSpace();
      cursor.expect(':');
      cursor.skipSpace();
      readMember(name);
      cursor.skipSpace();
    } while (cursor.accept(','));
    cursor.expect('}');
  }

  private void readMember(String name) {
    if (name.equalsIgnoreCase("identity_pub")) {
      identityPublic = octets();
    } else if (name.equalsIgnoreCase("signature")) {
      signature = octets();
    } else if (name.equalsIgnoreCase("challenge")) {
      challenge = octets();
    } else {
      cursor.skipValue();
    }
  }

  private byte[] octets() {
    return switch (cursor.peek()) {
      case '"' -> base64(cursor.string());
      case '[' -> numbers();
      case 'n' -> {
        cursor.literal("null");
        yield NOTHING;
      }
      default -> throw cursor.malformed("octets are a base64 string");
    };
  }

  private byte[] base64(String text) {
    // The reference skips line ends inside, and wants the padding.
    String joined = text.replace("\r", "").replace("\n", "");
    if (joined.length() % 4 != 0) {
      throw cursor.malformed("base64 is padded");
    }
    try {
      return Base64.getDecoder().decode(joined.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw cursor.malformed("not base64");
    }
  }

  private byte[] numbers() {
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    cursor.expect('[');
    cursor.skipSpace();
    if (cursor.accept(']')) {
      return NOTHING;
    }
    do {
      cursor.skipSpace();
      octets.write(number());
      cursor.skipSpace();
    } while (cursor.accept(','));
    cursor.expect(']');
    return octets.toByteArray();
  }

  private int number() {
    if (cursor.peek() == 'n') {
      cursor.literal("null");
      return 0;
    }
    String text = cursor.number();
    int value =
        text.length() > 3 || !text.chars().allMatch(c -> c >= '0' && c <= '9')
            ? -1
            : Integer.parseInt(text);
    if (value < 0 || value > 255) {
      throw cursor.malformed("an octet is 0 to 255");
    }
    return value;
  }
}
