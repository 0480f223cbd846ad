// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.room;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;

/** What may be a channel (docs/wire/moss-mesh.md, "Channels"). */
public final class Channels {
  /** The longest name, in bytes of UTF-8. */
  public static final int MAX_BYTES = 256;

  private Channels() {}

  /**
   * Checks that a name has 1 to 256 bytes of UTF-8; there is no other rule.
   *
   * @throws MossException with {@link MossError#INVALID_CHANNEL}
   */
  public static void validate(String channel) {
    int bytes = utf8Length(channel);
    if (bytes == 0 || bytes > MAX_BYTES) {
      throw new MossException(
          MossError.INVALID_CHANNEL,
          "a channel name has 1 to " + MAX_BYTES + " bytes of UTF-8, not " + bytes);
    }
  }

  private static int utf8Length(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length() && bytes <= MAX_BYTES; i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        bytes += 4;
      } else if (Character.isSurrogate(c)) {
        throw new MossException(
            MossError.INVALID_CHANNEL, "a channel name must not contain half a surrogate pair");
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }
}
