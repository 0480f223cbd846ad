// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.channel;

import io.lichen.crypto.PeerId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Peer ids of senders that were seen before, because making one costs as much as delivering a small
 * message. A small direct-mapped table; not thread-safe.
 */
final class SenderNames {
  private static final int SLOTS = 64;

  private final byte[][] keys = new byte[SLOTS][];
  private final @Nullable PeerId[] names = new @Nullable PeerId[SLOTS];

  /** The peer with this key; {@code null} if it is no key. */
  @Nullable PeerId of(byte[] key) {
    if (key.length != PeerId.BYTES) {
      return null;
    }
    int slot = key[0] & (SLOTS - 1);
    PeerId known = names[slot];
    if (known != null && Arrays.equals(keys[slot], key)) {
      return known;
    }
    PeerId made = PeerId.of(key);
    keys[slot] = key;
    names[slot] = made;
    return made;
  }
}
