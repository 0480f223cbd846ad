// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.token;

import io.lichen.crypto.Ed25519;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A right to do something on a channel, signed by who grants it (docs/wire/net-identity.md,
 * "Permission tokens"). That it was decoded says nothing about its signature.
 *
 * <p>Immutable and thread-safe.
 */
public final class PermissionToken {
  /** Length of a token in octets. */
  public static final int BYTES = TokenFields.BYTES + Ed25519.SIGNATURE_BYTES;

  /** Longest time from the beginning to the end of validity, in seconds: 365 days. */
  public static final long MAX_TTL_SECS = 31_536_000;

  private final TokenFields fields;
  private final byte[] signature;

  private PermissionToken(TokenFields fields, byte[] signature) {
    this.fields = fields;
    this.signature = signature;
  }

  /**
   * Signs the fields, whatever they say; {@link TokenIssuer} makes tokens that hold.
   *
   * @throws IllegalArgumentException if the key pair is not the issuer's
   */
  public static PermissionToken sign(TokenFields fields, EntityKeyPair issuer) {
    if (!issuer.id().equals(fields.issuer())) {
      throw new IllegalArgumentException(
          "the token of issuer " + fields.issuer() + " cannot be signed by " + issuer.id());
    }
    return new PermissionToken(fields, issuer.sign(fields.encode()));
  }

  /**
   * Reads a token.
   *
   * @throws TokenException if it is not exactly 169 octets long
   */
  public static PermissionToken decode(byte[] in) {
    if (in.length != BYTES) {
      throw new TokenException(
          TokenVerdict.INVALID_FORMAT, "a token has " + BYTES + " octets, not " + in.length);
    }
    return read(in, 0);
  }

  static PermissionToken read(byte[] in, int offset) {
    int end = offset + TokenFields.BYTES;
    return new PermissionToken(
        TokenFields.read(in, offset), Arrays.copyOfRange(in, end, offset + BYTES));
  }

  /** The 169 octets. */
  public byte[] encode() {
    byte[] out = Arrays.copyOf(fields.encode(), BYTES);
    System.arraycopy(signature, 0, out, TokenFields.BYTES, signature.length);
    return out;
  }

  /** What the token says. */
  public TokenFields fields() {
    return fields;
  }

  /** A copy of the 64-octet signature. */
  public byte[] signature() {
    return signature.clone();
  }

  /** Whether the signature is the issuer's; takes a fraction of a millisecond. */
  public boolean isSigned() {
    return fields.issuer().verify(fields.encode(), signature);
  }

  /**
   * Signature and time: {@link TokenVerdict#OK}, or the first thing wrong.
   *
   * @param nowSecs Unix seconds
   * @param skewSecs how far clocks may differ, 0 to {@link TokenPolicy#MAX_SKEW_SECS}
   */
  public TokenVerdict validity(long nowSecs, int skewSecs) {
    return isSigned() ? fields.validity(nowSecs, skewSecs) : TokenVerdict.INVALID_SIGNATURE;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof PermissionToken that
            && fields.equals(that.fields)
            && Arrays.equals(signature, that.signature));
  }

  @Override
  public int hashCode() {
    return 31 * fields.hashCode() + Arrays.hashCode(signature);
  }

  @Override
  public String toString() {
    return "PermissionToken[" + fields + "]";
  }
}
