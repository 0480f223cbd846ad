// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import io.lichen.crypto.PeerId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** An engine with its recording host and a clock that only moves when told. */
final class Fixture {
  static final String TOPIC = "q6mZkq1xq5u2r3v9Z0a1bw";
  static final long SECOND = 1_000_000_000L;

  final RecordingHost host = new RecordingHost();
  final GossipSub engine;
  long nowNs = 5 * SECOND;

  Fixture() {
    this(GossipSubParams.defaults());
  }

  Fixture(GossipSubParams params) {
    engine = new GossipSub(params, new SplittableRandom(42), host);
  }

  static PeerId peer(int number) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) (number >>> 8);
    key[1] = (byte) number;
    return PeerId.of(key);
  }

  static PublishedMessage message(String topic, int number, int payloadBytes) {
    byte[] envelope = ("envelope " + number).getBytes(StandardCharsets.UTF_8);
    return new PublishedMessage(
        topic, id(number), number, new byte[32], new byte[payloadBytes], envelope);
  }

  static PublishedMessage message(int number) {
    return message(TOPIC, number, 100);
  }

  static String id(int number) {
    return HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L, 16).repeat(4);
  }

  /** Connects peers 1..count, inbound, without any claims. */
  List<PeerId> connect(int count) {
    List<PeerId> peers = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      PeerId peer = peer(number);
      engine.addPeer(peer, false, nowNs);
      peers.add(peer);
    }
    return peers;
  }

  void graft(PeerId from) {
    engine.receive(from, new GossipMessage.Graft(TOPIC), nowNs);
  }

  /** A GRAFT that says more than that the peer is on the topic: it came before. */
  void graftAgain(PeerId from) {
    graft(from);
    graft(from);
  }

  void prune(PeerId from) {
    engine.receive(from, new GossipMessage.Prune(TOPIC), nowNs);
  }

  /** Lets the seconds pass, with a heartbeat after each. */
  void heartbeats(int seconds) {
    for (int second = 0; second < seconds; second++) {
      nowNs += SECOND;
      engine.heartbeat(nowNs);
    }
  }
}
