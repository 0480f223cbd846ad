// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import java.util.HashSet;
import java.util.Set;

/**
 * Tells copies from messages at the receiving end of a session through a relay. Marked messages, of
 * Lichen nodes, by number; those of natives by their nonces, of which the latest are remembered.
 * For one thread at a time.
 */
final class TunnelWindow {
  /** Nonces remembered: so many at least, twice as many at most. */
  static final int NONCES = 8192;

  private static final int WINDOW = 64;

  private Set<Long> nonces = new HashSet<>();
  private Set<Long> olderNonces = Set.of();
  private long highest = -1;
  private long seen;

  /** Whether a nonce is new; remembers it. */
  boolean takeNonce(long nonce) {
    if (nonces.contains(nonce) || olderNonces.contains(nonce)) {
      return false;
    }
    if (nonces.size() >= NONCES) {
      olderNonces = nonces;
      nonces = new HashSet<>();
    }
    return nonces.add(nonce);
  }

  /** Whether a number is new and not far behind; remembers it. */
  boolean takeNumber(long number) {
    if (number > highest) {
      long ahead = number - highest;
      seen = ahead >= WINDOW ? 1 : seen << ahead | 1;
      highest = number;
      return true;
    }
    long behind = highest - number;
    if (behind >= WINDOW || (seen >>> behind & 1) != 0) {
      return false;
    }
    seen |= 1L << behind;
    return true;
  }

  /** Forgets the numbers: another epoch begins. */
  void restart() {
    highest = -1;
    seen = 0;
  }
}
