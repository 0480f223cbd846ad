// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.entity.EntityId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What a token says: the 105 octets that its issuer signs (docs/wire/net-identity.md, "Permission
 * tokens").
 *
 * @param issuer who grants
 * @param subject to whom
 * @param scope what
 * @param channelHash on which channel, unsigned; without meaning if the scope is a wildcard
 * @param generation the issuer's generation, unsigned; below its floor the token is revoked
 * @param notBeforeSecs first second of validity, unsigned Unix time
 * @param notAfterSecs first second after validity, unsigned Unix time
 * @param delegationDepth how often the right may be passed on, 0 to 255
 * @param nonce makes tokens of the same content different
 */
public record TokenFields(
    EntityId issuer,
    EntityId subject,
    TokenScope scope,
    long channelHash,
    int generation,
    long notBeforeSecs,
    long notAfterSecs,
    int delegationDepth,
    long nonce) {
  /** Length of the signed part in octets. */
  public static final int BYTES = 105;

  /** Most times a right may be passed on. */
  public static final int MAX_DEPTH = 255;

  /** Checks the depth. */
  public TokenFields {
    if (delegationDepth < 0 || delegationDepth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "a delegation depth lies in 0.." + MAX_DEPTH + ", not " + delegationDepth);
    }
  }

  static TokenFields read(byte[] in, int offset) {
    ByteBuffer rest = littleEndian(in, offset + 2 * EntityId.BYTES);
    return new TokenFields(
        EntityId.read(in, offset),
        EntityId.read(in, offset + EntityId.BYTES),
        new TokenScope(rest.getInt()),
        rest.getLong(),
        rest.getInt(),
        rest.getLong(),
        rest.getLong(),
        Byte.toUnsignedInt(rest.get()),
        rest.getLong());
  }

  /** The 105 octets. */
  public byte[] encode() {
    byte[] out = new byte[BYTES];
    issuer.write(out, 0);
    subject.write(out, EntityId.BYTES);
    littleEndian(out, 2 * EntityId.BYTES)
        .putInt(scope.bits())
        .putLong(channelHash)
        .putInt(generation)
        .putLong(notBeforeSecs)
        .putLong(notAfterSecs)
        .put((byte) delegationDepth)
        .putLong(nonce);
    return out;
  }

  /** Whether the token permits the action on the channel, time and signature aside. */
  public boolean authorizes(TokenScope action, long channel) {
    return scope.contains(action)
        && (scope.contains(TokenScope.WILDCARD) || channelHash == channel);
  }

  /** The time alone: {@link TokenVerdict#OK}, or what is wrong with it; see {@link TokenPolicy}. */
  public TokenVerdict validity(long nowSecs, int skewSecs) {
    if (Long.compareUnsigned(nowSecs, earlier(notBeforeSecs, skewSecs)) < 0) {
      return TokenVerdict.NOT_YET_VALID;
    }
    if (Long.compareUnsigned(nowSecs, later(notAfterSecs, skewSecs)) >= 0) {
      return TokenVerdict.EXPIRED;
    }
    // What ends before it begins was found expired or not yet valid, unless the skew hides it.
    boolean tooLong =
        Long.compareUnsigned(notAfterSecs, notBeforeSecs) > 0
            && Long.compareUnsigned(notAfterSecs - notBeforeSecs, PermissionToken.MAX_TTL_SECS) > 0;
    return tooLong ? TokenVerdict.TTL_TOO_LONG : TokenVerdict.OK;
  }

  /** Whether this window lies inside the other one. */
  boolean isWithin(TokenFields parent) {
    return Long.compareUnsigned(notBeforeSecs, parent.notBeforeSecs) >= 0
        && Long.compareUnsigned(notAfterSecs, parent.notAfterSecs) <= 0;
  }

  private static long earlier(long secs, int skewSecs) {
    return Long.compareUnsigned(secs, skewSecs) < 0 ? 0 : secs - skewSecs;
  }

  private static long later(long secs, int skewSecs) {
    long later = secs + skewSecs;
    return Long.compareUnsigned(later, secs) < 0 ? -1L : later;
  }

  private static ByteBuffer littleEndian(byte[] octets, int offset) {
    return ByteBuffer.wrap(octets, offset, octets.length - offset).order(ByteOrder.LITTLE_ENDIAN);
  }
}
