// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.json;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Standard base64 as the native reads it: padding demanded, CR and LF skipped wherever they stand,
 * bits left over in the last quantum ignored.
 */
final class StrictBase64 {
  private static final byte[] NOTHING = new byte[0];

  private StrictBase64() {}

  /** The octets of a text without line ends, or null if it is not base64. */
  static byte @Nullable [] decode(byte[] text, int offset, int length) {
    // The JDK's decoder takes a last quantum without padding; a whole number of quanta excludes it.
    if ((length & 3) != 0) {
      return null;
    }
    if (length == 0) {
      return NOTHING;
    }
    try {
      ByteBuffer decoded = Base64.getDecoder().decode(ByteBuffer.wrap(text, offset, length));
      byte[] octets = decoded.array();
      return octets.length == decoded.limit() ? octets : Arrays.copyOf(octets, decoded.limit());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The octets of a text that may hold line ends, or null if it is not base64. */
  static byte @Nullable [] decodeIgnoringNewlines(String text) {
    byte[] all = text.getBytes(StandardCharsets.UTF_8);
    int length = 0;
    for (byte c : all) {
      if (c != '\r' && c != '\n') {
        all[length++] = c;
      }
    }
    return decode(all, 0, length);
  }
}
