// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.topic.engine.TopicFrame.Fetch;
import io.lichen.core.topic.engine.TopicFrame.Given;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicFrame.Listing;
import io.lichen.core.topic.engine.TopicFrame.Messages;
import io.lichen.core.topic.engine.TopicFrame.Offer;
import io.lichen.core.topic.engine.TopicRecord.Held;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an asker makes of peers that lie, break off or say nothing. */
class TopicAskerTest implements TopicPeers {
  private record Sent(String peer, TopicFrame frame) {}

  private final Redex redex = Redex.inMemory();
  private final RedexFile file = redex.open("t", RedexConfig.inMemory());
  private final TopicCounters counters = new TopicCounters();
  private final TopicLog log = new TopicLog(file, 1_000, () -> 1_000_000_000, counters);
  private final Cursors cursors = new Cursors();
  private final List<Sent> sent = new ArrayList<>();
  private final TopicAsker asker = new TopicAsker("t", log, TestRecords.CODEC, this, cursors, 100);
  private long nowMs;

  @Override
  public int maxFrameBytes(String peer) {
    return 50_000;
  }

  @Override
  public boolean send(String peer, byte[] frame) {
    TopicFrames.Addressed addressed = TopicFrames.decode(frame);
    assertNotNull(addressed);
    sent.add(new Sent(peer, addressed.frame()));
    return true;
  }

  @BeforeEach
  void join() {
    asker.joined("p");
    asker.joined("q");
  }

  @AfterEach
  void close() {
    redex.close();
  }

  private void offer(String peer, long next) {
    asker.onOffer(peer, new Offer(0, next), nowMs);
  }

  private <T extends TopicFrame> T last(Class<T> kind) {
    return assertInstanceOf(kind, sent.getLast().frame());
  }

  private void pass(long ms) {
    for (long end = nowMs + ms; nowMs < end; ) {
      nowMs += TopicSync.TICK_MS;
      asker.tick(nowMs);
    }
  }

  private static Held held(String text) {
    return new Held(TestRecords.of(text, 5).key(), 5);
  }

  private static Given given(long seq, String text) {
    return new Given(seq, 5, TestRecords.of(text, 5).encode());
  }

  /** The peer lists these as all that it has, and the asker asks for what it lacks. */
  private Fetch listed(String peer, Held... held) {
    offer(peer, held.length);
    Listing asked = last(Listing.class);
    asker.onKeys(peer, new Keys(asked.request(), 0, held.length, List.of(held)), nowMs);
    pass(TopicLimits.GRACE_MS);
    return last(Fetch.class);
  }

  @Test
  void shouldFetchWhatItLacksAndGoOnBehindItNextTime() {
    log.append(TestRecords.of("b", 5));
    Fetch fetch = listed("p", held("a"), held("b"), held("c"));
    assertEquals(List.of(0L, 2L), fetch.seqs());
    Messages both = new Messages(fetch.request(), 2, List.of(given(0, "a"), given(2, "c")));
    asker.onMessages("p", both, nowMs);
    assertEquals(3, file.size());
    assertEquals(2, counters.fetched.sum());
    offer("p", 4);
    Listing next = last(Listing.class);
    assertEquals(3, next.from());
    assertEquals(held("c").key(), next.check());
  }

  @Test
  void shouldLookThroughALogThatWasMadeAnew() {
    cursors.set("p", new Cursors.Cursor(50, held("gone").key()));
    offer("p", 1);
    Listing asked = last(Listing.class);
    assertEquals(50, asked.from());
    asker.onKeys("p", new Keys(asked.request(), 0, 1, List.of(held("a"))), nowMs);
    pass(TopicLimits.GRACE_MS);
    assertEquals(List.of(0L), last(Fetch.class).seqs());
  }

  @Test
  void shouldNotAskForWhatComesByItself() {
    offer("p", 1);
    asker.onKeys("p", new Keys(last(Listing.class).request(), 0, 1, List.of(held("a"))), nowMs);
    log.append(TestRecords.of("a", 5));
    pass(TopicLimits.GRACE_MS);
    assertEquals(1, sent.size());
    assertEquals(1, cursors.of("p").next());
  }

  @Test
  void shouldAskOnForWhatAnAnswerHadNoRoomFor() {
    Fetch fetch = listed("p", held("a"), held("b"));
    asker.onMessages("p", new Messages(fetch.request(), 1, List.of(given(0, "a"))), nowMs);
    assertEquals(List.of(1L), last(Fetch.class).seqs());
  }

  @Test
  void shouldPassOverWhatIsNotToBeHad() {
    Fetch fetch = listed("p", held("a"), held("b"));
    asker.onMessages("p", new Messages(fetch.request(), 2, List.of()), nowMs);
    assertEquals(2, cursors.of("p").next());
    assertEquals(2, counters.unavailable.sum());
  }

  @Test
  void shouldTakeNothingFromAForgerAndLeaveItAlone() {
    Fetch fetch = listed("p", held("a"));
    Given other = new Given(0, 5, TestRecords.of("another", 5).encode());
    asker.onMessages("p", new Messages(fetch.request(), 1, List.of(other)), nowMs);
    assertEquals(0, file.size());
    assertEquals(1, counters.refused.sum());
    int before = sent.size();
    pass(TopicLimits.FORGER_HOLD_OFF_MS - 1_000);
    assertEquals(before, sent.size());
    pass(2_000);
    assertTrue(sent.size() > before);
  }

  @Test
  void shouldTurnToAnotherWhenAPeerDoesNotAnswer() {
    offer("p", 1);
    offer("q", 1);
    pass(TopicLimits.TRIES * TopicLimits.ANSWER_MS);
    assertEquals(List.of("p", "p", "p", "q"), sent.stream().map(Sent::peer).limit(4).toList());
    assertEquals(TopicLimits.TRIES, counters.timeouts.sum());
  }

  @Test
  void shouldIgnoreAnswersToWhatItDidNotAsk() {
    asker.onKeys("p", new Keys(1, 0, 1, List.of(held("a"))), nowMs);
    Fetch fetch = listed("p", held("a"));
    Messages stray = new Messages(fetch.request() + 1, 1, List.of(given(0, "a")));
    asker.onMessages("p", stray, nowMs);
    asker.onMessages("q", new Messages(fetch.request(), 1, List.of(given(0, "a"))), nowMs);
    assertEquals(0, file.size());
  }

  @Test
  void shouldGiveUpOnKeysThatBreakTheRules() {
    List<Held> tooMany =
        IntStream.range(0, TopicLimits.PAGE_KEYS + 1).mapToObj(i -> held("m" + i)).toList();
    List<Keys> bad =
        List.of(
            new Keys(0, -1, 1, List.of(held("a"))),
            new Keys(0, 0, 0, List.of(held("a"))),
            new Keys(0, 0, 5, List.of()),
            new Keys(0, Long.MAX_VALUE, Long.MAX_VALUE, List.of(held("a"))),
            new Keys(0, 0, 5_000, tooMany));
    for (Keys keys : bad) {
      offer("p", 5);
      int request = last(Listing.class).request();
      asker.onKeys("p", new Keys(request, keys.start(), keys.end(), keys.held()), nowMs);
      asker.left("p");
      asker.joined("p");
    }
    assertEquals(bad.size(), counters.badFrames.sum());
    assertEquals(0, cursors.of("p").next());
  }

  @Test
  void shouldNotFetchWhatItMayHaveHad() {
    TopicLog small = new TopicLog(file, 1, () -> 1_000_000_000, counters);
    TopicAsker asked = new TopicAsker("t", small, TestRecords.CODEC, this, cursors, 1);
    small.append(TestRecords.of("old", 10));
    small.append(TestRecords.of("new", 1_000_000));
    asked.joined("p");
    asked.onOffer("p", new Offer(0, 2), nowMs);
    Held older = new Held(TestRecords.of("older", 0).key(), 10 + TopicLimits.SLACK_MS);
    Held fresh = new Held(TestRecords.of("fresh", 0).key(), 11 + TopicLimits.SLACK_MS);
    int request = last(Listing.class).request();
    asked.onKeys("p", new Keys(request, 0, 3, List.of(older, fresh)), nowMs);
    assertEquals(List.of(1L), last(Fetch.class).seqs());
    assertEquals(1, counters.tooOld.sum());
  }

  @Test
  void shouldTryAgainWhatItsOwnLogCouldNotTake() {
    Fetch fetch = listed("p", held("a"));
    file.close();
    asker.onMessages("p", new Messages(fetch.request(), 1, List.of(given(0, "a"))), nowMs);
    assertEquals(1, counters.failures.sum());
    assertEquals(0, cursors.of("p").next());
  }
}
