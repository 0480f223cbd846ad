// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.handshake.HandshakeContext;
import io.lichen.transport.moss.handshake.UdpDial;
import io.lichen.transport.moss.handshake.UdpHandshakes;
import io.lichen.transport.moss.handshake.UdpLimits;
import io.lichen.transport.moss.handshake.UdpSink;
import io.lichen.transport.moss.session.UdpPacketSealer;
import io.lichen.transport.rate.HandshakeRate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who speaks the UDP carrier of era A with one transport under test and has as many
 * handshakes with it as the test wants, as natives have, which forget none for another. For one
 * thread.
 */
final class BareUdpPeer implements AutoCloseable {
  private static final int RECEIVE_TIMEOUT_MS = 10_000;

  /** Keys of which this end alone knows whether it uses them. */
  static final class Session {
    private final UdpPacketSealer sealer;

    Session(Established established) {
      this.sealer = new UdpPacketSealer(established.keys().sendKey());
    }
  }

  final Identity identity = Identity.generate(new SecureRandom());

  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final InetSocketAddress other;
  private final HandshakeContext context;

  BareUdpPeer(Peer other) throws IOException {
    socket.setSoTimeout(RECEIVE_TIMEOUT_MS);
    this.other = other.transport.localAddress();
    String mesh = Configs.of(Era.A).sessionMeshId();
    this.context = new HandshakeContext(mesh, null, identity, new SecureRandom());
  }

  InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  /** Answers the other side's dial until it is complete. */
  Session accept() throws IOException {
    return run(new Handshake(), DatagramKind.INIT, DatagramKind.DONE);
  }

  /** Dials the other side. */
  Session dial() throws IOException {
    Handshake handshake = new Handshake();
    long nowNs = System.nanoTime();
    long endNs = nowNs + Duration.ofSeconds(5).toNanos();
    handshake.engine.dial(other, null, endNs, endNs, nowNs);
    return run(handshake, DatagramKind.RESPONSE, DatagramKind.RESPONSE);
  }

  private Session run(Handshake handshake, int kind, int otherKind) throws IOException {
    DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
    while (true) {
      Established established = handshake.established;
      if (established != null) {
        return new Session(established);
      }
      socket.receive(datagram);
      byte[] octets = Arrays.copyOf(datagram.getData(), datagram.getLength());
      if (octets[0] == kind || octets[0] == otherKind) {
        byte[] payload = Arrays.copyOfRange(octets, 1, octets.length);
        handshake.engine.onDatagram(other, octets[0], payload, System.nanoTime());
      }
    }
  }

  /** Sends a packet in one of its sessions. */
  void send(Session session, byte[] payload) {
    byte[] packet = new byte[UdpPacketSealer.OVERHEAD_BYTES + payload.length];
    session.sealer.seal(MuxPacket.MESH_STREAM, payload, packet, 0);
    send(DatagramKind.PACKET, packet);
  }

  private void send(int kind, byte[] payload) {
    byte[] octets = new byte[1 + payload.length];
    octets[0] = (byte) kind;
    System.arraycopy(payload, 0, octets, 1, payload.length);
    try {
      socket.send(new DatagramPacket(octets, octets.length, other));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    socket.close();
  }

  /** One handshake, which knows nothing of the others. */
  private final class Handshake implements UdpSink {
    final UdpHandshakes engine =
        new UdpHandshakes(
            context,
            new UdpLimits(16, 4, Duration.ofSeconds(5).toNanos()),
            HandshakeRate.ofStrangers(),
            this);
    @Nullable Established established;

    @Override
    public void send(InetSocketAddress to, int kind, byte[] payload) {
      BareUdpPeer.this.send(kind, payload);
    }

    @Override
    public void established(
        InetSocketAddress address, Established with, boolean initiated, @Nullable UdpDial dial) {
      established = with;
    }

    @Override
    public void failed(UdpDial dial, boolean timedOut, String why) {
      throw new AssertionError("the dial failed: " + why);
    }

    @Override
    public void refused(InetSocketAddress from, String name, String why) {}

    @Override
    public @Nullable PeerId sessionWith(InetSocketAddress address) {
      return null;
    }
  }
}
