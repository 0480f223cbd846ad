// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * One attempt to prove an identity: the legs it has, half a second each, in which a message is sent
 * up to three times.
 */
final class ProofExchange {
  /** What is waited for. */
  enum Leg {
    CHALLENGE,
    SIGNATURE,
    VERDICT
  }

  private static final long LEG_NS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int SENDS = 3;
  private static final long RESEND_NS = LEG_NS / SENDS;

  private final long verifier;
  private final long sessionId;
  private final List<LongConsumer> waiters = new ArrayList<>();
  private Leg leg = Leg.CHALLENGE;
  private long nonce;
  private byte[] message = new byte[0];
  private long legStartNs;
  private int sends;
  private int round = 1;

  ProofExchange(long verifier, long sessionId) {
    this.verifier = verifier;
    this.sessionId = sessionId;
  }

  long verifier() {
    return verifier;
  }

  long sessionId() {
    return sessionId;
  }

  void addWaiter(LongConsumer waiter) {
    waiters.add(waiter);
  }

  /** A message goes out whose answer is waited for. */
  void startLeg(Leg newLeg, ProofMessage sent, long nowNs) {
    leg = newLeg;
    nonce = sent.nonce();
    message = ProofCodec.encode(sent);
    legStartNs = nowNs;
    sends = 1;
  }

  /** The challenge came; nothing is sent until it is signed. */
  void startSigning(long nowNs) {
    leg = Leg.SIGNATURE;
    legStartNs = nowNs;
    sends = SENDS;
  }

  boolean isSigning() {
    return leg == Leg.SIGNATURE;
  }

  boolean isIn(Leg other) {
    return leg == other;
  }

  /** Whether a message with this nonce is what this leg waits for. */
  boolean awaits(Leg inLeg, long answerNonce) {
    return leg == inLeg && awaits(answerNonce);
  }

  boolean awaits(long answerNonce) {
    return leg != Leg.SIGNATURE && nonce == answerNonce;
  }

  byte[] message() {
    return message;
  }

  void sentAgain() {
    sends++;
  }

  int round() {
    return round;
  }

  void nextRound() {
    round++;
  }

  long deadlineNs() {
    return legStartNs + (sends < SENDS ? sends * RESEND_NS : LEG_NS);
  }

  boolean isLegOver(long nowNs) {
    return nowNs - legStartNs >= LEG_NS;
  }

  void finish(long nowNs) {
    waiters.forEach(waiter -> waiter.accept(nowNs));
  }
}
