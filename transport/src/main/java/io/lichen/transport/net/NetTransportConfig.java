// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * How a node's socket layer behaves. The arrays are not copied and must not be changed.
 *
 * @param bindAddress where to listen; port 0 picks a free one
 * @param nodeId this node's id
 * @param psk the mesh's 32-byte pre-shared key
 * @param staticKey this node's 32-byte X25519 private key; upstream draws a new one at each start
 * @param handshakeTimeout how long one attempt waits for its answer
 * @param handshakeAttempts attempts of one connect or accept, 1 or more
 * @param sessionTimeout how long a silent session is protected against being replaced by a
 *     handshake for another key
 * @param maxSessions sessions at once; of the ones that have been idle for the session timeout the
 *     longest idle gives way to a new one
 * @param maxStreamsPerSession streams of one session; the least recently active gives way
 * @param streamIdle how long an unused stream is remembered
 * @param ackRanges whether acknowledgement ranges are sent to peers that understand them
 * @param directPaths whether relayed sessions with peers that know how look for a path without the
 *     relay, and others follow a peer that moves
 * @param socketBufferBytes what is asked of the operating system for each direction
 */
public record NetTransportConfig(
    InetSocketAddress bindAddress,
    long nodeId,
    byte[] psk,
    byte[] staticKey,
    Duration handshakeTimeout,
    int handshakeAttempts,
    Duration sessionTimeout,
    int maxSessions,
    int maxStreamsPerSession,
    Duration streamIdle,
    boolean ackRanges,
    boolean directPaths,
    int socketBufferBytes) {
  private static final int KEY_BYTES = 32;

  /**
   * Checks ranges.
   *
   * @throws IllegalArgumentException if a key is not 32 bytes long or a number out of range
   */
  public NetTransportConfig {
    requireKey(psk, "a pre-shared key");
    requireKey(staticKey, "an X25519 private key");
    requirePositive(handshakeAttempts, "handshakeAttempts");
    requirePositive(maxSessions, "maxSessions");
    requirePositive(maxStreamsPerSession, "maxStreamsPerSession");
    requirePositive(socketBufferBytes, "socketBufferBytes");
    requirePositive(handshakeTimeout.toMillis(), "handshakeTimeout");
    requirePositive(sessionTimeout.toMillis(), "sessionTimeout");
    requirePositive(streamIdle.toMillis(), "streamIdle");
  }

  /** Upstream's defaults: bound to loopback on a free port, with a new static key. */
  public static NetTransportConfig defaults(long nodeId, byte[] psk) {
    byte[] staticKey = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(staticKey);
    return new NetTransportConfig(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        nodeId,
        psk,
        staticKey,
        Duration.ofSeconds(5),
        3,
        Duration.ofSeconds(30),
        4096,
        4096,
        Duration.ofSeconds(300),
        true,
        true,
        4 << 20);
  }

  /** The same, bound elsewhere. */
  public NetTransportConfig withBindAddress(InetSocketAddress address) {
    return new NetTransportConfig(
        address,
        nodeId,
        psk,
        staticKey,
        handshakeTimeout,
        handshakeAttempts,
        sessionTimeout,
        maxSessions,
        maxStreamsPerSession,
        streamIdle,
        ackRanges,
        directPaths,
        socketBufferBytes);
  }

  /** The same with another say in direct paths. */
  public NetTransportConfig withDirectPaths(boolean value) {
    return new NetTransportConfig(
        bindAddress,
        nodeId,
        psk,
        staticKey,
        handshakeTimeout,
        handshakeAttempts,
        sessionTimeout,
        maxSessions,
        maxStreamsPerSession,
        streamIdle,
        ackRanges,
        value,
        socketBufferBytes);
  }

  private static void requireKey(byte[] key, String what) {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException(what + " has 32 bytes, not " + key.length);
    }
  }

  private static void requirePositive(long number, String what) {
    if (number <= 0) {
      throw new IllegalArgumentException(what + " is " + number + ", not 1 or more");
    }
  }
}
