// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import io.lichen.core.net.channel.IdentityProofs;
import io.lichen.core.net.channel.PeerSender;
import io.lichen.core.net.channel.SessionIds;
import io.lichen.core.net.channel.proof.ProofMessage.Challenge;
import io.lichen.core.net.channel.proof.ProofMessage.Proof;
import io.lichen.core.net.channel.proof.ProofMessage.Request;
import io.lichen.core.net.channel.proof.ProofMessage.Verdict;
import io.lichen.core.work.Offload;
import io.lichen.crypto.entity.EntityKeyPair;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Proves to peers that this node is its entity, once for each session unless asked to do it again
 * (docs/wire/net-identity.md, "Identity proof"). Peers that know no proofs do not answer; that
 * takes half a second.
 *
 * <p>Belongs to the node's loop; signs off it. Not thread-safe.
 */
public final class IdentityProver implements IdentityProofs {
  /** Most peers whose outcome is remembered; the oldest gives way and is asked again. */
  public static final int MAX_REMEMBERED = 4096;

  /** No deadline: nothing waits. */
  public static final long NEVER = Long.MAX_VALUE;

  private static final int MAX_ROUNDS = 2;

  private final EntityKeyPair keys;
  private final RandomGenerator random;
  private final SessionIds sessions;
  private final Offload offload;
  private final PeerSender out;
  private final Map<Long, ProofExchange> running = new HashMap<>();
  private final Map<Long, Long> triedSessions = new LinkedHashMap<>();

  private long proved;
  private long refused;
  private long unanswered;

  /** Proves to be the owner of these keys; nonces are drawn from the source. */
  public IdentityProver(
      EntityKeyPair keys,
      RandomGenerator random,
      SessionIds sessions,
      Offload offload,
      PeerSender out) {
    this.keys = keys;
    this.random = random;
    this.sessions = sessions;
    this.offload = offload;
    this.out = out;
  }

  @Override
  public void prove(long verifier, boolean again, long nowNs, LongConsumer then) {
    long sessionId = sessions.sessionId(verifier);
    ProofExchange exchange = running.get(verifier);
    if (exchange != null && exchange.sessionId() == sessionId) {
      exchange.addWaiter(then);
      return;
    }
    boolean tried = triedSessions.getOrDefault(verifier, SessionIds.NONE) == sessionId;
    if (sessionId == SessionIds.NONE || (tried && !again)) {
      then.accept(nowNs);
      return;
    }
    onPeerGone(verifier, nowNs);
    ProofExchange fresh = new ProofExchange(verifier, sessionId);
    fresh.addWaiter(then);
    running.put(verifier, fresh);
    ask(fresh, nowNs);
  }

  private void ask(ProofExchange exchange, long nowNs) {
    Request request = new Request(random.nextLong());
    exchange.startLeg(ProofExchange.Leg.CHALLENGE, request, nowNs);
    send(exchange);
  }

  private void send(ProofExchange exchange) {
    out.send(exchange.verifier(), exchange.message());
  }

  /** A challenge came in; it counts only from the peer that was asked, and only in its own name. */
  public void onChallenge(long nodeId, Challenge challenge, long nowNs) {
    ProofExchange exchange = running.get(nodeId);
    if (exchange == null
        || !exchange.awaits(ProofExchange.Leg.CHALLENGE, challenge.nonce())
        || challenge.verifier().nodeId() != nodeId) {
      return;
    }
    exchange.startSigning(nowNs);
    byte[] transcript =
        ProofCodec.transcript(
            challenge.verifier(), keys.id(), exchange.sessionId(), challenge.challenge());
    long nonce = random.nextLong();
    boolean taken =
        offload.submit(
            () -> new Proof(nonce, keys.id(), challenge.challenge(), keys.sign(transcript)),
            proof -> onSigned(exchange, proof, nowNs));
    if (!taken) {
      unanswered++;
      finish(exchange, nowNs);
    }
  }

  private void onSigned(ProofExchange exchange, Proof proof, long nowNs) {
    if (running.get(exchange.verifier()) == exchange && exchange.isSigning()) {
      exchange.startLeg(ProofExchange.Leg.VERDICT, proof, nowNs);
      send(exchange);
    }
  }

  /** A verdict came in; it counts only from the peer that was asked. */
  public void onVerdict(long nodeId, Verdict verdict, long nowNs) {
    ProofExchange exchange = running.get(nodeId);
    if (exchange == null || !exchange.awaits(verdict.nonce())) {
      return;
    }
    if (verdict.accepted()) {
      proved++;
      finish(exchange, nowNs);
    } else if (verdict.reason() == ProofReason.NO_CHALLENGE) {
      // Its verdict may have been lost on the way and this be the answer to a copy.
      repeatOrFinish(exchange, nowNs);
    } else {
      refused++;
      finish(exchange, nowNs);
    }
  }

  private void repeatOrFinish(ProofExchange exchange, long nowNs) {
    if (exchange.round() < MAX_ROUNDS) {
      exchange.nextRound();
      ask(exchange, nowNs);
    } else {
      unanswered++;
      finish(exchange, nowNs);
    }
  }

  private void finish(ProofExchange exchange, long nowNs) {
    running.remove(exchange.verifier());
    triedSessions.remove(exchange.verifier());
    triedSessions.put(exchange.verifier(), exchange.sessionId());
    if (triedSessions.size() > MAX_REMEMBERED) {
      triedSessions.remove(triedSessions.keySet().iterator().next());
    }
    exchange.finish(nowNs);
  }

  /** The peer failed, or its session ended: who waits goes on without a proof. */
  public void onPeerGone(long nodeId, long nowNs) {
    triedSessions.remove(nodeId);
    ProofExchange exchange = running.remove(nodeId);
    if (exchange != null) {
      exchange.finish(nowNs);
    }
  }

  /** When {@link #onTimer} is wanted, or {@link #NEVER}. */
  public long nextDeadlineNs() {
    long earliest = NEVER;
    for (ProofExchange exchange : running.values()) {
      long deadlineNs = exchange.deadlineNs();
      earliest = earliest == NEVER || deadlineNs - earliest < 0 ? deadlineNs : earliest;
    }
    return earliest;
  }

  /** Sends again what was not answered, and gives up what is over. */
  public void onTimer(long nowNs) {
    for (ProofExchange exchange : List.copyOf(running.values())) {
      if (exchange.isLegOver(nowNs)) {
        onSilence(exchange, nowNs);
      } else if (nowNs - exchange.deadlineNs() >= 0) {
        exchange.sentAgain();
        send(exchange);
      }
    }
  }

  /** Who does not even challenge knows no proofs; who challenged may have lost a packet. */
  private void onSilence(ProofExchange exchange, long nowNs) {
    if (exchange.isIn(ProofExchange.Leg.CHALLENGE)) {
      unanswered++;
      finish(exchange, nowNs);
    } else {
      repeatOrFinish(exchange, nowNs);
    }
  }

  /** Proofs that peers accepted. */
  public long proved() {
    return proved;
  }

  /** Proofs that peers refused. */
  public long refused() {
    return refused;
  }

  /** Proofs that came to no verdict. */
  public long unanswered() {
    return unanswered;
  }
}
