// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import io.lichen.core.net.channel.Rig;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.entity.EntityId;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A prover and a verifier, and between them a wire that the test cuts as it likes. */
final class ProofTalk {
  static final long PROVER = Rig.SUBSCRIBER.id().nodeId();
  static final long VERIFIER = Rig.PUBLISHER.id().nodeId();

  final Rig rig = new Rig();
  final Map<Long, EntityId> pins = new HashMap<>();
  final List<byte[]> toVerifier = new ArrayList<>();
  final List<byte[]> toProver = new ArrayList<>();
  final IdentityProver prover;
  final IdentityVerifier verifier;
  final ProofEngine engine;
  long sessionId = 77;
  long nowNs = Long.MAX_VALUE - Rig.SECOND;
  int done;

  ProofTalk() {
    Random random = new Random(3);
    prover =
        new IdentityProver(
            Rig.SUBSCRIBER, random, node -> sessionId, rig, (node, event) -> toVerifier.add(event));
    verifier =
        new IdentityVerifier(
            Rig.PUBLISHER.id(),
            random,
            (node, session, entity) -> entity.equals(pins.computeIfAbsent(node, id -> entity)),
            rig.throttle,
            rig,
            (node, event) -> toProver.add(event));
    // Each message is for one side only, so one engine reads for both.
    engine = new ProofEngine(prover, verifier);
  }

  void prove(boolean again) {
    prover.prove(VERIFIER, again, nowNs, atNs -> done++);
  }

  /** Carries what was sent to and fro until nobody says anything. */
  void deliverAll() {
    while (!toVerifier.isEmpty() || !toProver.isEmpty()) {
      deliverToVerifier();
      deliverToProver();
    }
  }

  void deliverToVerifier() {
    for (byte[] event : drain(toVerifier)) {
      engine.onEvent(PROVER, sessionId, Unpooled.wrappedBuffer(event), nowNs);
    }
  }

  void deliverToProver() {
    for (byte[] event : drain(toProver)) {
      engine.onEvent(VERIFIER, sessionId, Unpooled.wrappedBuffer(event), nowNs);
    }
  }

  /** Lets time pass up to the prover's next deadline; returns how much. */
  long sleep() {
    long sleptNs = prover.nextDeadlineNs() - nowNs;
    nowNs += sleptNs;
    prover.onTimer(nowNs);
    return sleptNs;
  }

  /** What the verifier said last. */
  ProofMessage lastAnswer() throws NetWireException {
    return ProofCodec.decode(Unpooled.wrappedBuffer(toProver.getLast()));
  }

  private static List<byte[]> drain(List<byte[]> events) {
    List<byte[]> drained = List.copyOf(events);
    events.clear();
    return drained;
  }
}
