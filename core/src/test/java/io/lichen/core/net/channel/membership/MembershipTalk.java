// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.Rig;
import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongConsumer;

/** A subscriber and a publisher, and between them a wire that the test cuts as it likes. */
final class MembershipTalk {
  static final long SUBSCRIBER = Rig.SUBSCRIBER.id().nodeId();
  static final long PUBLISHER = Rig.PUBLISHER.id().nodeId();

  final Rig rig = new Rig();
  final List<MembershipOutcome> outcomes = new ArrayList<>();
  final List<byte[]> requests = new ArrayList<>();
  final List<byte[]> answers = new ArrayList<>();
  final List<Long> granted = new ArrayList<>();
  final List<LongConsumer> proofs = new ArrayList<>();
  final List<Boolean> provedAgain = new ArrayList<>();
  final MembershipRequester requester;
  final MembershipResponder responder;
  long nowNs = Long.MAX_VALUE - Rig.SECOND;

  MembershipTalk() {
    requester =
        new MembershipRequester(
            new Random(8),
            (publisher, again, atNs, then) -> {
              provedAgain.add(again);
              proofs.add(then);
            },
            (publisher, event) -> requests.add(event));
    responder =
        new MembershipResponder(
            rig.policy(),
            rig.roster,
            rig.throttle,
            rig,
            rig,
            (peer, event) -> answers.add(event),
            granted::add);
  }

  /** Brings all requests to the publisher. */
  void deliverRequests() throws NetWireException {
    for (byte[] request : drain(requests)) {
      Membership.Request decoded =
          (Membership.Request) MembershipCodec.decode(Unpooled.wrappedBuffer(request));
      responder.onRequest(SUBSCRIBER, decoded, nowNs, Rig.SECS);
    }
  }

  /** Brings all answers to the subscriber. */
  void deliverAnswers() throws NetWireException {
    for (byte[] answer : drain(answers)) {
      requester.onAck(PUBLISHER, ack(answer), nowNs);
    }
  }

  static Membership.Ack ack(byte[] answer) throws NetWireException {
    return (Membership.Ack) MembershipCodec.decode(Unpooled.wrappedBuffer(answer));
  }

  /** Lets time pass up to the requester's next deadline; returns how much. */
  long sleep() {
    long sleptNs = requester.nextDeadlineNs() - nowNs;
    nowNs += sleptNs;
    requester.onTimer(nowNs);
    return sleptNs;
  }

  private static List<byte[]> drain(List<byte[]> events) {
    List<byte[]> drained = List.copyOf(events);
    events.clear();
    return drained;
  }
}
