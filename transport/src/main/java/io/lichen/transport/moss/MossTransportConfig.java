// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node's socket layer behaves.
 *
 * @param era which wire
 * @param sessionMeshId what the handshake is bound to: the mesh id in era A, the network id in era
 *     C
 * @param sessionPsk the 32-byte pre-shared key of an era A mesh; {@code null} in era C and in open
 *     meshes
 * @param bindAddress where to listen; port 0 picks one port that is free for TCP and UDP
 * @param bindInterface the name or number of the interface over which alone is dialled and over
 *     which alone datagrams go, on Linux; empty for the system's routes. TCP is accepted over all
 * @param handshakeTimeout deadline of a handshake, from accept or from the dial
 * @param maxMessageBytes the largest publish payload, from which the largest frame follows
 * @param obfuscationPadBytesMax upper bound of random padding of a UDP datagram in era C, 0 to
 *     65535
 * @param padSessionPackets whether session packets are padded too, or only handshakes
 * @param maxPendingHandshakes handshakes under way at once, over all addresses; more are refused
 * @param maxPendingHandshakesPerAddress the same for one IPv4 address or IPv6 /64
 * @param highWaterBytes outbound queue of a session at which it stops being writable
 * @param maxQueuedBytes outbound queue of a session at which packets are refused
 * @param eventLoopThreads threads that serve the sockets, 1 or more
 */
public record MossTransportConfig(
    Era era,
    String sessionMeshId,
    byte @Nullable [] sessionPsk,
    InetSocketAddress bindAddress,
    String bindInterface,
    Duration handshakeTimeout,
    int maxMessageBytes,
    int obfuscationPadBytesMax,
    boolean padSessionPackets,
    int maxPendingHandshakes,
    int maxPendingHandshakesPerAddress,
    int highWaterBytes,
    int maxQueuedBytes,
    int eventLoopThreads) {

  /** Upstream's defaults for a node of era C or A, bound to loopback on a free port. */
  public static MossTransportConfig defaults(Era era, String sessionMeshId) {
    return new MossTransportConfig(
        era,
        sessionMeshId,
        null,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        "",
        Duration.ofSeconds(5),
        65_536,
        256,
        true,
        256,
        32,
        1 << 20,
        16 << 20,
        1);
  }
}
