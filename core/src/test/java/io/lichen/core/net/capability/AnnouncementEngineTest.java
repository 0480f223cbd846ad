// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of the announcements of others. */
class AnnouncementEngineTest extends AnnouncementFixture {
  @Test
  void shouldTakeInWhatAPeerSaysOfItself() {
    connect(A, B);

    hear(A, said(A, 5, "x"));

    assertEquals(A.id(), output.pins.get(id(A)));
    assertEquals(List.of(id(A)), find("x"));
    assertEquals(List.of(id(A)), output.news);
    assertEquals(1, output.sent.size());
    assertEquals(id(B), output.sent.getFirst().peer());
    assertEquals(1, output.sent.getFirst().said().hopCount());
    assertTrue(output.sent.getFirst().said().isSigned());
  }

  @Test
  void shouldTakeInWhatAPeerPassesOn() {
    connect(A, B, keys(9));
    hear(A, said(FAR, 5, "x").forwarded());

    assertNull(output.pins.get(id(FAR)));
    assertEquals(id(A), output.routes.get(id(FAR)));
    assertEquals(List.of(id(FAR)), find("x"));
    assertEquals(2, output.sent.size());
    assertEquals(2, output.sent.getFirst().said().hopCount());
  }

  @Test
  void shouldNotPassOnToTheNodeItselfOrBeyond16Hops() {
    connect(A, B, FAR);
    hear(A, hops(said(FAR, 5, "y"), 1));
    assertEquals(List.of(id(B)), output.sent.stream().map(Output.Sent::peer).toList());
    output.sent.clear();

    hear(A, hops(said(keys(8), 5, "z"), 15));
    assertEquals(List.of(), output.sent);
    assertEquals(List.of(id(keys(8))), find("z"));
  }

  @Test
  void shouldDropCopiesEvenWhileOneIsLookedAt() {
    connect(A, B);
    CapabilityAnnouncement said = said(FAR, 5, "x").forwarded();
    receive(A, said);
    receive(A, said);
    assertEquals(1, output.jobs.size());
    receive(B, said);
    assertEquals(2, output.jobs.size(), "of another peer: the first might be forged");
    verifyAll();
    receive(B, hops(said, 3));

    assertEquals(3, dropped(AnnouncementDrop.COPY));
    assertEquals(1, engine.stats().accepted());
  }

  @Test
  void shouldKnowCopiesForTenMinutes() {
    connect(A);
    hear(A, said(FAR, 5, "x").forwarded());
    run(590 * SECOND_NS);
    hear(A, said(FAR, 5, "x").forwarded());
    assertEquals(1, dropped(AnnouncementDrop.COPY));
    run(21 * SECOND_NS);

    hear(A, said(FAR, 5, "x").forwarded());

    assertEquals(1, dropped(AnnouncementDrop.COPY));
  }

  @Test
  void shouldDropLies() throws NetWireException {
    connect(A, B);
    hear(A, said(B, 1, "x"));
    hear(A, hops(said(SELF, 1, "x"), 1));
    hear(keys(9), said(keys(9), 1, "x"));
    hear(A, unsigned(A));
    CapabilityAnnouncement forged =
        decode(new String(said(A, 2, "x").encode(), UTF_8).replace("\"x\"", "\"y\""));
    hear(A, forged);
    CapabilityAnnouncement foreign =
        decode(new String(said(A, 3, "x").encode(), UTF_8).replace(A.id().hex(), B.id().hex()));
    hear(A, foreign);
    engine.onAnnouncement(id(A), Unpooled.wrappedBuffer(new byte[] {'{'}), nowNs);

    assertEquals(1, dropped(AnnouncementDrop.IMPERSONATION));
    assertEquals(1, dropped(AnnouncementDrop.OWN));
    assertEquals(1, dropped(AnnouncementDrop.STRANGER));
    assertEquals(1, dropped(AnnouncementDrop.UNSIGNED));
    assertEquals(1, dropped(AnnouncementDrop.BAD_SIGNATURE));
    assertEquals(1, dropped(AnnouncementDrop.WRONG_ENTITY));
    assertEquals(1, dropped(AnnouncementDrop.MALFORMED));
    assertEquals(List.of(), find("x"));
    assertEquals(Map.of(), output.pins);
    assertEquals(List.of(), output.sent);
  }

  @Test
  void shouldKeepToWhomItKnowsAPeerToBe() {
    connect(A);
    output.pins.put(id(A), B.id());

    hear(A, said(A, 1, "x"));

    assertEquals(1, dropped(AnnouncementDrop.PIN_CONFLICT));
    assertEquals(List.of(), find("x"));
  }

  @Test
  void shouldTakeUnsignedOnesWhereThatIsAllowed() {
    engine =
        new AnnouncementEngine(
            SELF, AnnouncementSettings.defaults().withRequireSigned(false), output, nowNs, UNIX_NS);
    connect(A);

    hear(A, unsigned(A));

    assertEquals(List.of(id(A)), find("x"));
    assertEquals(Map.of(), output.pins);
  }

  @Test
  void shouldSayWhatAPeerHasThoughOthersHadToldItBefore() {
    connect(B);
    hear(B, said(A, 5, "five").forwarded());
    connect(A);
    hear(A, said(A, 5, "five"));
    assertEquals(List.of(id(A), id(A)), output.news);
    assertEquals(1, dropped(AnnouncementDrop.OLD));
  }

  @Test
  void shouldBelieveTheNewestWord() {
    connect(A);
    hear(A, said(A, 5, "five"));
    hear(A, said(A, 4, "four", -1));
    assertEquals(List.of(id(A)), find("five"));
    assertEquals(1, dropped(AnnouncementDrop.OLD));

    hear(A, said(A, 6, "six", -1));
    assertEquals(List.of(id(A)), find("six"));
    hear(A, said(A, 1, "restarted", 1));
    assertEquals(List.of(id(A)), find("restarted"));
  }

  @Test
  void shouldForgetWhatHasExpired() {
    connect(A);
    hear(A, said(A, 5, "x"));
    run(299 * SECOND_NS);
    assertEquals(List.of(id(A)), find("x"));
    run(SECOND_NS);
    assertEquals(List.of(), find("x"));
    assertNull(engine.index().get(id(A), nowNs));
    run(20 * SECOND_NS);

    assertEquals(0, engine.stats().nodesKnown());
  }

  @Test
  void shouldHearAPeerAnewThatWasGone() {
    connect(A);
    hear(A, said(A, 5, "x"));
    engine.peerDown(id(A));
    assertEquals(List.of(), find("x"));
    connect(A);
    assertEquals(List.of(), find("x"));

    hear(A, said(A, 5, "x"));

    assertEquals(List.of(id(A)), find("x"));
  }

  @Test
  void shouldFindAPeerAgainThatRecoversWithoutAWord() {
    connect(A);
    hear(A, said(A, 5, "x"));
    engine.peerFailed(id(A));
    assertEquals(List.of(), find("x"));
    assertNull(engine.index().get(id(A), nowNs));
    hear(A, said(A, 6, "x"));
    assertEquals(List.of(), find("x"));

    connect(A);

    assertEquals(List.of(id(A)), find("x"));
  }

  @Test
  void shouldFindAFailedPeerOfWhichAnotherTells() {
    connect(A, B);
    hear(A, said(A, 5, "x"));
    engine.peerFailed(id(A));

    hear(B, hops(said(A, 5, "x"), 1));

    assertEquals(List.of(id(A)), find("x"));
  }

  @Test
  void shouldHearAPeerAnewThatWasRestartedAndCountsFromTheBeginning() {
    connect(A);
    hear(A, said(A, 1, "before"));
    connect(A);

    hear(A, said(A, 1, "after", SECOND_NS));

    assertEquals(List.of(id(A)), find("after"));
  }

  @Test
  void shouldNotLetOnePeerFillTheQueueOfSignatures() {
    connect(A, B);
    for (int i = 0; i < 300; i++) {
      receive(A, hops(said(keys(100 + i % 4), i, "x"), 1));
    }
    assertEquals(AnnouncementEngine.MAX_PENDING_OF_PEER, output.jobs.size());
    assertEquals(300 - 128, dropped(AnnouncementDrop.BUSY));

    receive(B, said(B, 1, "y"));
    assertEquals(129, output.jobs.size());
    verifyAll();
    receive(A, said(A, 1, "z"));
    assertEquals(1, output.jobs.size());
  }

  @Test
  void shouldHearSoMuchOfAPeerAndNoMore() {
    connect(A);
    for (int i = 0; i < 2000; i++) {
      engine.onAnnouncement(id(A), Unpooled.wrappedBuffer(new byte[] {'{'}), nowNs);
    }

    assertEquals(1024, dropped(AnnouncementDrop.MALFORMED));
    assertEquals(976, dropped(AnnouncementDrop.FLOOD));
  }

  @Test
  void shouldIgnoreResultsForPeersThatAreGone() {
    connect(A);
    receive(A, said(A, 1, "x"));
    engine.peerDown(id(A));
    verifyAll();

    assertEquals(List.of(), find("x"));
    assertEquals(0, engine.stats().pending());
  }

  @Test
  void shouldTakeAnythingFromAPeer() {
    connect(A);
    Fuzz.run(
        List.of(said(A, 1, "x").encode(), said(FAR, 1, "x").forwarded().encode()),
        input -> {
          nowNs += 20 * MS_NS;
          engine.onAnnouncement(id(A), Unpooled.wrappedBuffer(input), nowNs);
          for (Verification job = output.jobs.poll(); job != null; job = output.jobs.poll()) {
            engine.onVerified(job, false, nowNs);
          }
        });
  }
}
