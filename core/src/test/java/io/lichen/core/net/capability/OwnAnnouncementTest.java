// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.wire.CapabilityAnnouncement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node says of itself, and when. */
class OwnAnnouncementTest extends AnnouncementFixture {
  @Test
  void shouldAnnounceToAllPeersWithTheTagsOfTheNode() {
    connect(A, B);
    engine.announce(PROD, nowNs, UNIX_NS);

    assertEquals(2, output.sent.size());
    CapabilityAnnouncement said = output.sent.getFirst().said();
    assertEquals(
        List.of(
            "lichen.direct_paths@1",
            "lichen.port_prediction@1",
            "lichen.stream.fragment_reassembly@1",
            "nat:unknown",
            "net.reliable.stream_ack_ranges@1",
            "net.stream.fragment_reassembly@1",
            "prod"),
        said.capabilities().tags());
    assertEquals(UNIX_NS / MS_NS + 1, said.version());
    assertEquals(UNIX_NS, said.timestampNs());
    assertEquals(300, said.ttlSecs());
    assertTrue(said.isSigned());
    assertEquals(
        List.of(id(SELF)),
        engine.index().find(CapabilityFilter.ofTags("prod"), ScopeFilter.ANY, nowNs));
    assertEquals(1, output.changes);
  }

  @Test
  void shouldTellNewPeersWhatWasAnnouncedLast() {
    connect(A);
    assertEquals(0, output.sent.size());
    engine.announce(PROD, nowNs, UNIX_NS);

    connect(B);

    assertEquals(2, output.sent.size());
    assertEquals(output.sent.get(0).said(), output.sent.get(1).said());
  }

  @Test
  void shouldLetTenSecondsPassBetweenAnnouncements() {
    connect(A);
    for (int i = 0; i < 20; i++) {
      engine.announce(CapabilitySet.builder().tag("v" + i).build(), nowNs, UNIX_NS);
      run(SECOND_NS);
    }
    run(10 * SECOND_NS);

    assertEquals(
        List.of("v0", "v9", "v19"),
        output.sent.stream().map(s -> s.said().capabilities().tags().getLast()).toList());
    run(30 * SECOND_NS);
    assertEquals(3, output.sent.size());
  }

  @Test
  void shouldAnnounceAnewAfter150Seconds() {
    connect(A);
    engine.announce(PROD, nowNs, UNIX_NS);
    run(301 * SECOND_NS);

    assertEquals(
        List.of(1L, 2L, 3L),
        output.sent.stream().map(s -> s.said().version() - UNIX_NS / MS_NS).toList());
    assertEquals(UNIX_NS + 150 * SECOND_NS, output.sent.get(1).said().timestampNs());
    assertEquals(1, output.changes, "what it has is the same");
  }

  @Test
  void shouldGatherChangesOfServices() {
    connect(A);
    engine.setServices(Set.of("early"), nowNs);
    run(SECOND_NS);
    assertEquals(0, output.sent.size(), "nothing was announced yet");
    engine.announce(PROD, nowNs, UNIX_NS);
    run(20 * SECOND_NS);
    for (int i = 0; i < 5; i++) {
      engine.setServices(Set.of("echo", "s" + i), nowNs);
      run(10 * MS_NS);
    }
    engine.setNat(List.of("nat:open"), reflex(), nowNs);
    assertEquals(1, output.sent.size());
    run(60 * MS_NS);

    assertEquals(2, output.sent.size());
    CapabilityAnnouncement said = output.sent.getLast().said();
    assertTrue(said.capabilities().tags().containsAll(List.of("nrpc:echo", "nrpc:s4", "nat:open")));
    assertEquals("1.2.3.4:5", said.reflex() == null ? "" : said.reflex().text());
  }

  @Test
  void shouldRefuseToAnnounceWhatDoesNotFit() {
    engine.announce(PROD, nowNs, UNIX_NS);
    CapabilitySet huge = CapabilitySet.builder().metadata("k", "x".repeat(8104)).build();

    assertThrows(IllegalArgumentException.class, () -> engine.announce(huge, nowNs, UNIX_NS));

    connect(A);
    assertTrue(output.sent.getFirst().said().capabilities().tags().contains("prod"));
  }

  @Test
  void shouldNumberFromTheClockAfterARestart() {
    engine.announce(PROD, nowNs, UNIX_NS);
    run(1000 * SECOND_NS);
    connect(A);
    engine =
        new AnnouncementEngine(
            SELF, AnnouncementSettings.defaults(), output, nowNs, UNIX_NS + nowNs);
    connect(A);
    engine.announce(PROD, nowNs, UNIX_NS + nowNs);

    assertTrue(output.sent.get(1).said().version() > output.sent.get(0).said().version());
  }
}
