// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The name of a node: its 32-byte Ed25519 public key, written as 64 lower-case hex characters.
 *
 * <p>Immutable; compares in the unsigned order of its bytes, which is the order of its hex text
 * (docs/wire/moss-transport.md, "Identity").
 */
public final class PeerId implements Comparable<PeerId> {
  /** Length of the key in bytes. */
  public static final int BYTES = 32;

  private static final HexFormat HEX = HexFormat.of();

  private final byte[] publicKey;
  private final String hex;

  private PeerId(byte[] publicKey, String hex) {
    this.publicKey = publicKey;
    this.hex = hex;
  }

  /**
   * Names the node with this Ed25519 public key.
   *
   * @throws IllegalArgumentException if the key is not 32 bytes long
   */
  public static PeerId of(byte[] publicKey) {
    if (publicKey.length != BYTES) {
      throw new IllegalArgumentException(
          "a peer id has " + BYTES + " bytes, not " + publicKey.length);
    }
    return new PeerId(publicKey.clone(), HEX.formatHex(publicKey));
  }

  /**
   * Reads the hex form; upper case is accepted and becomes lower case.
   *
   * @throws IllegalArgumentException if the text is not 64 hex characters
   */
  public static PeerId parse(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException(
          "a peer id has " + 2 * BYTES + " hex characters, not " + hex.length());
    }
    return of(HEX.parseHex(hex));
  }

  /** A copy of the 32 bytes of the public key. */
  public byte[] bytes() {
    return publicKey.clone();
  }

  /** The 64 lower-case hex characters. */
  public String hex() {
    return hex;
  }

  @Override
  public int compareTo(PeerId other) {
    return Arrays.compareUnsigned(publicKey, other.publicKey);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other || (other instanceof PeerId that && hex.equals(that.hex));
  }

  @Override
  public int hashCode() {
    return hex.hashCode();
  }

  @Override
  public String toString() {
    return hex;
  }
}
