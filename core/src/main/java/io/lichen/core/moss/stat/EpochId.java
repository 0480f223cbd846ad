// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.crypto.Blake2s;
import io.lichen.crypto.PeerId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name under which a node contributes to one epoch: a hash of its public key and the epoch, so
 * that two epochs of one node have nothing in common (docs/wire/moss-stats.md, "Epoch id"). Whoever
 * knows the key can compute it; it hides nobody from those who know them. Immutable.
 */
public final class EpochId {
  /** Its length. */
  public static final int BYTES = 32;

  private static final byte[] LABEL = "moss-stat-eid|".getBytes(StandardCharsets.US_ASCII);

  private final byte[] octets;

  private EpochId(byte[] octets) {
    this.octets = octets;
  }

  /**
   * Takes 32 octets.
   *
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static EpochId of(byte[] octets) {
    if (octets.length != BYTES) {
      throw new IllegalArgumentException(
          "an epoch id has " + BYTES + " octets, not " + octets.length);
    }
    return new EpochId(octets.clone());
  }

  /** The name of a node in an epoch. */
  public static EpochId derive(long epoch, PeerId node) {
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(epoch).array();
    return new EpochId(Blake2s.hash(LABEL, number, node.bytes()));
  }

  /** A copy of the octets. */
  public byte[] octets() {
    return octets.clone();
  }

  /** The first 64 bits: what the count of nodes is made from. */
  long hash() {
    return ByteBuffer.wrap(octets).getLong();
  }

  /** The first 128 bits: under which a snapshot keeps the contribution. */
  EntryKey key() {
    ByteBuffer buffer = ByteBuffer.wrap(octets);
    return new EntryKey(buffer.getLong(), buffer.getLong());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EpochId that && Arrays.equals(octets, that.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }
}
