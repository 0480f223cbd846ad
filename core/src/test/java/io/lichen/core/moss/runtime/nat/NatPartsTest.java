// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.moss.runtime.FakeNetwork;
import io.lichen.core.moss.runtime.TestLinks;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.FaultGuard;
import io.lichen.crypto.identity.Identity;
import io.lichen.nat.profile.NatProfile;
import io.lichen.nat.profile.NatType;
import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.DialRequest;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who of the parts gets what. */
final class NatPartsTest {
  private final FakeNetwork network = new FakeNetwork();
  private final NodeCounters counters = new NodeCounters();
  private final NatParts parts =
      new NatParts(new FaultGuard(counters.loopFaults), counters.ignoredEnvelopes);
  private final List<String> told = new ArrayList<>();
  private final PeerLink link = link();

  private PeerLink link() {
    MossTransportConfig config = MossTransportConfig.defaults(Era.C, "moss/1");
    MossTransport local = network.open(config, Identity.generate(new SecureRandom()), s -> {});
    DialRequest toItself =
        new DialRequest(Carrier.TCP, local.localAddress(), null, Duration.ofSeconds(1));
    return TestLinks.link(local.dial(toItself).join(), counters, 0);
  }

  @AfterEach
  void close() {
    network.opened.forEach(MossTransport::close);
  }

  /** Writes down what it is told; throws before that if it is a bad one. */
  private final class Part implements NatPart {
    private final String name;
    private final boolean bad;
    private long deadlineNs = Long.MAX_VALUE;

    Part(String name, boolean bad) {
      this.name = name;
      this.bad = bad;
    }

    private void tell(String what) {
      if (bad) {
        throw new IllegalStateException("on purpose");
      }
      told.add(name + " " + what);
    }

    @Override
    public void joined(PeerLink joined, boolean replaced, long nowNs) {
      tell("joined " + replaced);
    }

    @Override
    public void left(PeerLink left, boolean replaced, long nowNs) {
      tell("left " + replaced);
    }

    @Override
    public void profileChanged(NatProfile before, NatProfile now, long nowNs) {
      tell(before.type() + " to " + now.type());
    }

    @Override
    public long nextDeadlineNs() {
      return deadlineNs;
    }

    @Override
    public void onTimer(long nowNs) {
      tell("timer " + nowNs);
    }

    @Override
    public void stop() {
      tell("stop");
    }
  }

  @Test
  void shouldLeadEnvelopesToWhoTakesThem() {
    parts.handle(EnvelopeType.RELAY_CLOSE, (from, envelope, nowNs) -> told.add("close " + nowNs));
    Envelope envelope = Envelope.of(EnvelopeType.RELAY_CLOSE).build();
    parts.received(link, EnvelopeType.RELAY_CLOSE, envelope, 7);
    parts.received(link, EnvelopeType.RELAY_ACCEPT, envelope, 8);
    assertEquals(List.of("close 7"), told);
    assertEquals(1, counters.ignoredEnvelopes.sum());
  }

  @Test
  void shouldRefuseASecondHandlerOfAType() {
    parts.handle(EnvelopeType.RELAY_CLOSE, (from, envelope, nowNs) -> {});
    assertThrows(
        IllegalStateException.class,
        () -> parts.handle(EnvelopeType.RELAY_CLOSE, (from, envelope, nowNs) -> {}));
  }

  @Test
  void shouldTellAllPartsThoughOneHasAFault() {
    parts.add(new Part("bad", true));
    parts.add(new Part("good", false));
    parts.joined(link, true, 1);
    parts.left(link, false, 2);
    parts.stop();
    parts.stop();
    assertEquals(List.of("good joined true", "good left false", "good stop"), told);
    assertEquals(3, counters.loopFaults.sum());
  }

  @Test
  void shouldTellOfAProfileOnlyWhenItChanges() {
    parts.add(new Part("one", false));
    NatProfile symmetric = new NatProfile(NatType.SYMMETRIC_NAT, false, null, 2);
    parts.profile(symmetric, 1);
    parts.profile(new NatProfile(NatType.SYMMETRIC_NAT, false, null, 2), 2);
    assertEquals(List.of("one UNKNOWN to SYMMETRIC_NAT"), told);
    assertEquals(symmetric, parts.profile());
  }

  @Test
  void shouldWakeThosePartsWhoseTimeHasCome() {
    Part early = new Part("early", false);
    Part late = new Part("late", false);
    parts.add(early);
    parts.add(late);
    assertEquals(Long.MAX_VALUE, parts.nextDeadlineNs());
    early.deadlineNs = 10;
    late.deadlineNs = 20;
    assertEquals(10, parts.nextDeadlineNs());
    parts.onTimer(15);
    parts.onTimer(9);
    assertEquals(List.of("early timer 15"), told);
  }

  @Test
  void shouldGiveAnAnswerToWhoeverAskedForItOnce() {
    parts.handle(EnvelopeType.BINDING_RESPONSE, (from, envelope, nowNs) -> told.add("type"));
    parts.expect("mine", (from, envelope, nowNs) -> told.add("asker"));
    parts.expect("late", (from, envelope, nowNs) -> told.add("late"));
    parts.forget("late");
    for (String id : List.of("other", "mine", "mine", "late")) {
      Envelope answer = Envelope.of(EnvelopeType.BINDING_RESPONSE).requestId(id).build();
      parts.received(link, EnvelopeType.BINDING_RESPONSE, answer, 1);
    }
    Envelope question = Envelope.of(EnvelopeType.HOLE_PUNCH_COORD).requestId("fresh").build();
    parts.expect("fresh", (from, envelope, nowNs) -> told.add("fresh"));
    parts.received(link, EnvelopeType.HOLE_PUNCH_COORD, question, 1);

    assertEquals(List.of("type", "asker", "type", "type"), told);
  }
}
