// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The id under which a node appears at trackers: new in every process and not the id of its keys
 * (docs/wire/moss-discovery.md, "Announces"). Stateless.
 */
public final class TrackerPeerId {
  /** Random octets that an id takes. */
  public static final int RANDOM_BYTES = 12;

  private static final byte[] PREFIX = "-MS0100-".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ALPHABET =
      "abcdefghijklmnopqrstuvwxyz0123456789".getBytes(StandardCharsets.US_ASCII);

  private TrackerPeerId() {}

  /** The id made of 12 random octets; 20 octets of ASCII. */
  public static byte[] of(byte[] random) {
    byte[] id = Arrays.copyOf(PREFIX, PREFIX.length + RANDOM_BYTES);
    for (int i = 0; i < RANDOM_BYTES; i++) {
      id[PREFIX.length + i] = ALPHABET[Byte.toUnsignedInt(random[i]) % ALPHABET.length];
    }
    return id;
  }
}
