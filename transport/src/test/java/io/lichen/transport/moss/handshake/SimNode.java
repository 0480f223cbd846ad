// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.session.UdpPacketOpener;
import io.lichen.transport.moss.session.UdpPacketSealer;
import io.lichen.transport.rate.HandshakeRate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a simulated network: the engine, and sessions that send a packet when they begin and
 * then every second, as a mesh does with its announcements and pings.
 */
final class SimNode implements UdpSink {
  /** One session with what it has received. */
  static final class Session {
    final Established established;
    final boolean initiated;
    final UdpPacketSealer sealer;
    final UdpPacketOpener opener;
    int received;

    Session(Established established, boolean initiated) {
      this.established = established;
      this.initiated = initiated;
      this.sealer = new UdpPacketSealer(established.keys().sendKey());
      this.opener = new UdpPacketOpener(established.keys().receiveKey());
    }
  }

  final InetSocketAddress address;
  final Identity identity;
  final Map<InetSocketAddress, Session> sessions = new HashMap<>();
  private final Map<InetSocketAddress, Session> successors = new HashMap<>();
  final List<String> refusals = new ArrayList<>();
  final List<UdpDial> failed = new ArrayList<>();
  final List<UdpDial> answered = new ArrayList<>();
  int replaced;

  private final SimUdp network;
  private UdpHandshakes handshakes;

  SimNode(SimUdp network, InetSocketAddress address, Identity identity, HandshakeContext context) {
    this.network = network;
    this.address = address;
    this.identity = identity;
    this.handshakes = newEngine(context);
  }

  private UdpHandshakes newEngine(HandshakeContext context) {
    return new UdpHandshakes(
        context, new UdpLimits(64, 8, 5_000_000_000L), HandshakeRate.ofStrangers(), this);
  }

  /** Forgets everything, as a process that was killed. */
  void restart(HandshakeContext context) {
    sessions.clear();
    successors.clear();
    handshakes = newEngine(context);
  }

  UdpHandshakes engine() {
    return handshakes;
  }

  @Nullable UdpDial dial(SimNode to, byte @Nullable [] remoteStatic) {
    long now = network.nowNs();
    return handshakes.dial(
        to.address, remoteStatic, now + 2_000_000_000L, now + 5_000_000_000L, now);
  }

  void onDatagram(InetSocketAddress from, int kind, byte[] payload) {
    if (kind != DatagramKind.PACKET) {
      handshakes.onDatagram(from, kind, payload, network.nowNs());
      return;
    }
    Session successor = successors.get(from);
    if (successor != null && successor.opener.recognizes(payload, 0, payload.length)) {
      successors.remove(from);
      sessions.put(from, successor);
      replaced++;
    }
    Session session = sessions.get(from);
    if (session != null && session.opener.open(payload.clone(), 0, payload.length) >= 0) {
      session.received++;
      handshakes.onConfirmed(from);
    }
  }

  void everySecond() {
    sessions.forEach(this::sendPacket);
  }

  private void sendPacket(InetSocketAddress to, Session session) {
    byte[] out = new byte[UdpPacketSealer.OVERHEAD_BYTES + 4];
    int length = session.sealer.seal(1, new byte[4], out, 0);
    send(to, DatagramKind.PACKET, Arrays.copyOf(out, length));
  }

  @Override
  public void send(InetSocketAddress to, int kind, byte[] payload) {
    network.send(address, to, kind, payload);
  }

  @Override
  public void established(
      InetSocketAddress from, Established established, boolean initiated, @Nullable UdpDial dial) {
    Session session = new Session(established, initiated);
    (sessions.containsKey(from) ? successors : sessions).put(from, session);
    if (dial != null) {
      answered.add(dial);
    }
    sendPacket(from, session);
  }

  @Override
  public void failed(UdpDial dial, boolean timedOut, String why) {
    failed.add(dial);
  }

  @Override
  public void refused(InetSocketAddress from, String name, String why) {
    refusals.add(name);
  }

  @Override
  public @Nullable PeerId sessionWith(InetSocketAddress with) {
    Session session = sessions.get(with);
    return session == null ? null : session.established.remoteId();
  }
}
