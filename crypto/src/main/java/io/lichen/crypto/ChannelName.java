// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/**
 * The name of a channel and the numbers made from it (docs/wire/net-channels.md, "Names"). All
 * numbers are unsigned. Immutable and thread-safe.
 */
public final class ChannelName {
  /** Longest name in octets, which are characters too. */
  public static final int MAX_LENGTH = 255;

  // Tells a publish from most streams that an application chose; the hash keeps its other bits.
  private static final long PUBLISH_BIT = 1L << 48;
  private static final int WIRE_HASH_MASK = 0xFFFF;
  private static final byte[] LOG_LABEL = "redex-channel-id-v1".getBytes(US_ASCII);

  private final String text;
  private final long hash;

  private ChannelName(String text) {
    this.text = text;
    this.hash = Xxh3.ofText(text);
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException if it is none; the message says why
   */
  public static ChannelName of(String text) {
    String fault = fault(text);
    if (fault != null) {
      throw new IllegalArgumentException("\"" + text + "\" is not a channel name: " + fault);
    }
    return new ChannelName(text);
  }

  /** Whether the text is a name. */
  public static boolean isValid(String text) {
    return fault(text) == null;
  }

  private static @Nullable String fault(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return "it has 1.." + MAX_LENGTH + " characters, not " + text.length();
    }
    for (int index = 0; index < text.length(); index++) {
      if (!isNameCharacter(text.charAt(index))) {
        return "only a-z 0-9 - _ . and / are allowed";
      }
    }
    for (String segment : text.split("/", -1)) {
      if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
        return "a segment between slashes is empty, \".\" or \"..\"";
      }
    }
    return null;
  }

  private static boolean isNameCharacter(char character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || "-_./".indexOf(character) >= 0;
  }

  /** The name. */
  public String text() {
    return text;
  }

  /** The 64-bit hash that tokens name the channel by. */
  public long hash() {
    return hash;
  }

  /** The low 16 bits of the hash, as packets carry them. */
  public int wireHash() {
    return (int) hash & WIRE_HASH_MASK;
  }

  /** The stream that carries what is published on the channel. */
  public long publishStreamId() {
    return hash | PUBLISH_BIT;
  }

  /** The hash that tokens name a queue group of the channel by. */
  public long groupHash(String group) {
    return Xxh3.ofText(text + "#" + group);
  }

  /** The 32 octets that name the channel's log where it is replicated. */
  public byte[] logId() {
    return Blake2s.keyedHash(LOG_LABEL, text.getBytes(US_ASCII));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof ChannelName that && text.equals(that.text));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
