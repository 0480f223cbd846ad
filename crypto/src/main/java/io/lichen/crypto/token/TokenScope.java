// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

/**
 * What a token permits, as a set of bits (docs/wire/net-identity.md, "Permission tokens"). Bits
 * without a name are carried and never asked for.
 *
 * @param bits an unsigned 32-bit set
 */
public record TokenScope(int bits) {
  /** Nothing. */
  public static final TokenScope NONE = new TokenScope(0);

  /** Publishing on the channel. */
  public static final TokenScope PUBLISH = new TokenScope(1);

  /** Subscribing to the channel. */
  public static final TokenScope SUBSCRIBE = new TokenScope(2);

  /** Administration of the channel. */
  public static final TokenScope ADMIN = new TokenScope(4);

  /** Passing the permission on. */
  public static final TokenScope DELEGATE = new TokenScope(8);

  /** On every channel, whatever channel the token names. */
  public static final TokenScope WILDCARD = new TokenScope(16);

  /** All actions on one channel; without {@link #WILDCARD}. */
  public static final TokenScope ALL = new TokenScope(15);

  /** Whether every bit of the other is here; nothing contains an empty scope. */
  public boolean contains(TokenScope other) {
    return other.bits != 0 && (bits & other.bits) == other.bits;
  }

  /** The bits of either. */
  public TokenScope union(TokenScope other) {
    return new TokenScope(bits | other.bits);
  }

  /** The bits of both. */
  public TokenScope intersection(TokenScope other) {
    return new TokenScope(bits & other.bits);
  }
}
