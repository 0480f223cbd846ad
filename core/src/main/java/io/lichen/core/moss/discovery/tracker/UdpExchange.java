// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One announce to a UDP tracker, without socket and clock: connect, then announce. Packets that
 * answer nothing that was asked are ignored, so that a guess cannot end the exchange. Not
 * thread-safe.
 */
public final class UdpExchange {
  /**
   * A connection id that a tracker gave.
   *
   * @param id the id
   * @param sinceNs when it came; it may be used for a minute
   */
  public record Connection(long id, long sinceNs) {
    private static final long LIFETIME_NS = 60_000_000_000L;

    /** Whether it may still be used. */
    boolean isFresh(long nowNs) {
      return nowNs - sinceNs < LIFETIME_NS;
    }
  }

  private final AnnounceRequest request;
  private final int hostBytes;
  private final RandomGenerator random;
  private final int key;
  private @Nullable Connection connection;
  private @Nullable AnnounceResponse response;
  private int transactionId;

  /**
   * Begins one.
   *
   * @param known a connection id from earlier, used if it is still good
   * @param hostBytes octets of an address of the IP version that carries the packets
   * @param random for transaction ids and key: a forger must not be able to guess it
   */
  public UdpExchange(
      AnnounceRequest request,
      @Nullable Connection known,
      int hostBytes,
      RandomGenerator random,
      long nowNs) {
    this.request = request;
    this.hostBytes = hostBytes;
    this.random = random;
    this.key = random.nextInt();
    this.connection = known != null && known.isFresh(nowNs) ? known : null;
    this.transactionId = random.nextInt();
  }

  /** What is to be sent now, and again if no answer comes. */
  public byte[] packet() {
    return connection == null
        ? UdpAnnounceCodec.connect(transactionId)
        : UdpAnnounceCodec.announce(connection.id(), transactionId, request, key);
  }

  /**
   * A packet has come from the tracker.
   *
   * @return whether it was an answer, so that {@link #response} is there or {@link #packet} another
   * @throws TrackerException if the tracker refuses; a connection id is given up then
   */
  public boolean receive(byte[] packet, long nowNs) throws TrackerException {
    if (!UdpAnnounceCodec.answers(packet, transactionId)) {
      return false;
    }
    if (connection == null) {
      connection = new Connection(UdpAnnounceCodec.connected(packet), nowNs);
      transactionId = random.nextInt();
    } else {
      response = announced(packet);
    }
    return true;
  }

  private AnnounceResponse announced(byte[] packet) throws TrackerException {
    try {
      return UdpAnnounceCodec.announced(packet, hostBytes);
    } catch (TrackerException e) {
      connection = null;
      throw e;
    }
  }

  /** The tracker's answer, once it is there. */
  public Optional<AnnounceResponse> response() {
    return Optional.ofNullable(response);
  }

  /** The connection id in use, for the next exchange. */
  public Optional<Connection> connection() {
    return Optional.ofNullable(connection);
  }
}
