// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

import java.net.InetSocketAddress;

/**
 * An address at which the other end may be met.
 *
 * @param address resolved
 * @param source how it was come by
 * @param stream whether it is met by a connection rather than by datagrams
 */
public record Candidate(InetSocketAddress address, Source source, boolean stream) {
  /** How an address was come by. */
  public enum Source {
    /** It was known before. */
    KNOWN,
    /** The other end, or whoever coordinates, has just said so. */
    REPORTED,
    /** A symmetric NAT with sequential ports may give it next. */
    PREDICTED
  }

  /**
   * Checks it.
   *
   * @throws IllegalArgumentException if the address is not resolved or has no port
   */
  public Candidate {
    if (address.isUnresolved() || address.getPort() == 0) {
      throw new IllegalArgumentException(address + " is no address with a port");
    }
  }

  /** An address that was known before. */
  public static Candidate known(InetSocketAddress address) {
    return new Candidate(address, Source.KNOWN, false);
  }

  /** An address that was just reported. */
  public static Candidate reported(InetSocketAddress address) {
    return new Candidate(address, Source.REPORTED, false);
  }

  /** An address that was just reported, to which both ends connect at the same time. */
  public static Candidate stream(InetSocketAddress address) {
    return new Candidate(address, Source.REPORTED, true);
  }

  /** A port that may be given next. */
  public static Candidate predicted(InetSocketAddress address) {
    return new Candidate(address, Source.PREDICTED, false);
  }
}
