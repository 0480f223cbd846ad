// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.entity;

import io.lichen.crypto.Ed25519;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of an entity of the Net wire: its 32-octet Ed25519 public key
 * (docs/wire/net-identity.md, "Entity"). Whether the octets are a point of the curve shows when a
 * signature is verified.
 *
 * <p>Immutable and thread-safe.
 */
public final class EntityId {
  /** Length of the key in octets. */
  public static final int BYTES = Ed25519.PUBLIC_KEY_BYTES;

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] publicKey;
  private final long nodeId;
  private final long originHash;

  private EntityId(byte[] publicKey) {
    this.publicKey = publicKey;
    this.nodeId = NodeIds.nodeId(publicKey);
    this.originHash = NodeIds.originHash(publicKey);
  }

  /**
   * Names the entity with this public key.
   *
   * @throws IllegalArgumentException if the key is not 32 octets long
   */
  public static EntityId of(byte[] publicKey) {
    if (publicKey.length != BYTES) {
      throw new IllegalArgumentException(
          "an entity id has " + BYTES + " octets, not " + publicKey.length);
    }
    return new EntityId(publicKey.clone());
  }

  /**
   * Names the entity whose public key stands at this offset.
   *
   * @throws IndexOutOfBoundsException if fewer than 32 octets are left
   */
  public static EntityId read(byte[] in, int offset) {
    if (in.length - offset < BYTES) {
      throw new IndexOutOfBoundsException(
          "an entity id at " + offset + " ends beyond " + in.length + " octets");
    }
    return new EntityId(Arrays.copyOfRange(in, offset, offset + BYTES));
  }

  /**
   * Reads the hex form; upper case is accepted.
   *
   * @throws IllegalArgumentException if the text is not 64 hex characters
   */
  public static EntityId parse(String hex) {
    byte[] publicKey;
    try {
      publicKey = HEX.parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("an entity id is " + 2 * BYTES + " hex characters", e);
    }
    return of(publicKey);
  }

  /** The unsigned number that names the node to its peers. */
  public long nodeId() {
    return nodeId;
  }

  /** The unsigned number that names the publisher in packets and reply channels. */
  public long originHash() {
    return originHash;
  }

  /** A copy of the 32 octets. */
  public byte[] bytes() {
    return publicKey.clone();
  }

  /** Writes the 32 octets at this offset. */
  public void write(byte[] out, int offset) {
    System.arraycopy(publicKey, 0, out, offset, BYTES);
  }

  /** The 64 lower-case hex characters. */
  public String hex() {
    return HEX.formatHex(publicKey);
  }

  /** Whether the signature is the entity's over this message, by the strict rules. */
  public boolean verify(byte[] message, byte[] signature) {
    return Ed25519.verifyStrict(publicKey, message, signature);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof EntityId that && Arrays.equals(publicKey, that.publicKey));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(publicKey);
  }

  @Override
  public String toString() {
    return hex();
  }
}
