// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.hexOrNull;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.moss.codec.MuxPacket;
import io.lichen.transport.moss.codec.ObfuscatedDatagrams;
import io.lichen.transport.moss.codec.ObserveCodec;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.handshake.UdpDial;
import io.lichen.transport.moss.handshake.UdpHandshakes;
import io.lichen.transport.moss.handshake.UdpLimits;
import io.lichen.transport.moss.handshake.UdpSink;
import io.lichen.transport.moss.session.UdpPacketSealer;
import io.lichen.transport.rate.HandshakeRate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All datagrams of a UDP session; nonces and padding are taken from the recording. */
final class UdpTranscriptCheck {
  /** Where the recorder pretended that the responder was. */
  private static final InetSocketAddress RESPONDER =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_404);

  private static final InetSocketAddress INITIATOR =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_405);
  private static final long LATER_NS = 5_000_000_000L;

  private record Datagram(String from, int kind, byte[] payload) {}

  /** One side: what it sends is kept in the order of sending. */
  private static final class Side implements UdpSink {
    private final String name;
    private final Deque<Datagram> sent;
    private @Nullable Established established;

    Side(String name, Deque<Datagram> sent) {
      this.name = name;
      this.sent = sent;
    }

    @Override
    public void send(InetSocketAddress to, int kind, byte[] payload) {
      sent.add(new Datagram(name, kind, payload.clone()));
    }

    @Override
    public void established(
        InetSocketAddress address, Established result, boolean initiated, @Nullable UdpDial dial) {
      established = result;
    }

    @Override
    public void failed(UdpDial dial, boolean timedOut, String why) {
      throw new AssertionError(name + " failed: " + why);
    }

    @Override
    public void refused(InetSocketAddress from, String counter, String why) {
      throw new AssertionError(name + " refused: " + why);
    }

    @Override
    public @Nullable PeerId sessionWith(InetSocketAddress address) {
      return established == null ? null : established.remoteId();
    }

    UdpPacketSealer sealer() {
      Established result = established;
      if (result == null) {
        throw new AssertionError(name + " has no session");
      }
      return new UdpPacketSealer(result.keys().sendKey());
    }
  }

  private UdpTranscriptCheck() {}

  static ObjectNode answer(Vector vector) {
    JsonNode inputs = vector.inputs();
    byte[] key = ObfuscatedDatagrams.key(text(inputs, "mesh_id"), hexOrNull(inputs, "psk"));
    ObjectNode answer = object();
    ArrayNode datagrams = answer.putArray("datagrams");
    for (Datagram datagram : datagrams(inputs)) {
      JsonNode recorded = vector.expected().path("datagrams").path(datagrams.size());
      byte[] nonce = hex(recorded, "nonce");
      byte[] pad = hex(recorded, "pad");
      byte[] sealed =
          TransportChecks.obfuscated(key, datagram.kind(), datagram.payload(), nonce, pad);
      datagrams
          .addObject()
          .put("datagram", hex(sealed))
          .put("from", datagram.from())
          .put("kind", datagram.kind())
          .put("nonce", hex(nonce))
          .put("pad", hex(pad))
          .put("payload", hex(datagram.payload()));
    }
    return answer;
  }

  private static List<Datagram> datagrams(JsonNode inputs) {
    Parties parties = new Parties(inputs);
    Deque<Datagram> sent = new ArrayDeque<>();
    Side initiator = new Side(Parties.INITIATOR, sent);
    Side responder = new Side(Parties.RESPONDER, sent);
    UdpLimits limits = new UdpLimits(1, 1, LATER_NS);
    UdpHandshakes dialing =
        new UdpHandshakes(
            parties.context(Parties.INITIATOR), limits, HandshakeRate.ofStrangers(), initiator);
    UdpHandshakes answering =
        new UdpHandshakes(
            parties.context(Parties.RESPONDER), limits, HandshakeRate.ofStrangers(), responder);
    dialing.dial(RESPONDER, parties.knownStatic(), LATER_NS, LATER_NS, 0);
    List<Datagram> all = new ArrayList<>();
    for (Datagram next = sent.poll(); next != null; next = sent.poll()) {
      all.add(next);
      if (next.from().equals(Parties.INITIATOR)) {
        answering.onDatagram(INITIATOR, next.kind(), next.payload(), 0);
      } else {
        dialing.onDatagram(RESPONDER, next.kind(), next.payload(), 0);
      }
    }
    all.add(packet(initiator, utf8(inputs, "ping_utf8")));
    all.add(packet(responder, utf8(inputs, "pong_utf8")));
    byte[] token = hex(inputs, "observe_token");
    all.add(new Datagram(Parties.RESPONDER, DatagramKind.OBSERVE_REQUEST, token));
    byte[] seen = ObserveCodec.answer(token, 0, RESPONDER);
    all.add(new Datagram(Parties.INITIATOR, DatagramKind.OBSERVE_RESPONSE, seen));
    return all;
  }

  private static Datagram packet(Side from, byte[] payload) {
    byte[] sealed = PacketTrees.packet(from.sealer(), MuxPacket.MESH_STREAM, payload);
    return new Datagram(from.name, DatagramKind.PACKET, sealed);
  }
}
