// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Proof that whoever announces from an address has received something there: a hash of the address
 * and a secret that changes every five minutes; the secret before it still counts. Not thread-safe.
 */
final class Tokens {
  static final long SECRET_NS = 300_000_000_000L;

  private static final int SECRET_BYTES = 20;
  private static final int TOKEN_BYTES = 8;

  private final RandomGenerator random;
  private byte[] secret;
  private byte[] secretBefore;
  private long changedNs;

  Tokens(RandomGenerator random, long nowNs) {
    this.random = random;
    this.secret = newSecret();
    this.secretBefore = newSecret();
    this.changedNs = nowNs;
  }

  /** What an announce from this address has to show. */
  byte[] issue(InetAddress host, long nowNs) {
    rotate(nowNs);
    return token(secret, host);
  }

  /** Whether this was issued to this address not long ago. */
  boolean isValid(byte[] token, InetAddress host, long nowNs) {
    rotate(nowNs);
    return MessageDigest.isEqual(token, token(secret, host))
        || MessageDigest.isEqual(token, token(secretBefore, host));
  }

  private void rotate(long nowNs) {
    long periods = (nowNs - changedNs) / SECRET_NS;
    if (periods > 0) {
      secretBefore = periods == 1 ? secret : newSecret();
      secret = newSecret();
      changedNs += periods * SECRET_NS;
    }
  }

  private byte[] newSecret() {
    byte[] octets = new byte[SECRET_BYTES];
    random.nextBytes(octets);
    return octets;
  }

  private static byte[] token(byte[] secret, InetAddress host) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(secret);
      return Arrays.copyOf(sha256.digest(host.getAddress()), TOKEN_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
