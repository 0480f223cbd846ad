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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a peer gets of a log, and what not. */
class TopicAnswererTest implements TopicPeers {
  private static final int RECORDS = 10;

  private final Redex redex = Redex.inMemory();
  private final RedexFile file = redex.open("t", RedexConfig.inMemory());
  private final TopicCounters counters = new TopicCounters();
  private final TopicLog log = new TopicLog(file, 1_000, () -> 1_000, counters);
  private final List<TopicFrame> sent = new ArrayList<>();
  private final TopicAnswerer answerer = new TopicAnswerer("t", log, TestRecords.CODEC, this);
  private int frameBytes = 50_000;
  private boolean mayHave = true;
  private boolean isCongested;

  @Override
  public int maxFrameBytes(String peer) {
    return frameBytes;
  }

  @Override
  public boolean send(String peer, byte[] frame) {
    assertTrue(frame.length <= frameBytes, frame.length + " bytes");
    TopicFrames.Addressed addressed = TopicFrames.decode(frame);
    assertNotNull(addressed);
    if (!isCongested) {
      sent.add(addressed.frame());
    }
    return !isCongested;
  }

  @Override
  public boolean mayHave(String topic, String peer) {
    return mayHave;
  }

  @BeforeEach
  void join() {
    for (int i = 0; i < RECORDS; i++) {
      log.append(message(i));
    }
    answerer.joined("p", 0);
  }

  @AfterEach
  void close() {
    redex.close();
  }

  private static TopicRecord message(int number) {
    return TestRecords.of("message " + number, number);
  }

  private Keys listed(long from, TopicKey check, int most) {
    answerer.onListing("p", new Listing(5, from, check, most), 0);
    Keys keys = assertInstanceOf(Keys.class, sent.getLast());
    assertEquals(5, keys.request());
    return keys;
  }

  private Messages fetched(Long... seqs) {
    answerer.onFetch("p", new Fetch(6, List.of(seqs)), 0);
    return assertInstanceOf(Messages.class, sent.getLast());
  }

  @Test
  void shouldListFromWhereThePeerLeftOff() {
    Keys keys = listed(7, message(6).key(), 2);
    assertEquals(7, keys.start());
    assertEquals(RECORDS, keys.end());
    assertEquals(
        List.of(new Held(message(7).key(), 7), new Held(message(8).key(), 8)), keys.held());
  }

  @Test
  void shouldListFromTheBeginningForAPeerThatHasSeenAnotherLog() {
    assertEquals(0, listed(7, message(5).key(), 3).start());
    assertEquals(0, listed(RECORDS + 1, TopicKey.NONE, 3).start());
    assertEquals(0, listed(-1, TopicKey.NONE, 3).start());
    assertEquals(7, listed(7, TopicKey.NONE, 3).start());
  }

  @Test
  void shouldListFromTheOldestRecordWhereOlderOnesWereEvicted() {
    file.skipTo(20);
    log.append(message(20));
    Keys keys = listed(3, message(2).key(), 100);
    assertEquals(20, keys.start());
    assertEquals(1, keys.held().size());
  }

  @Test
  void shouldShowNoKeyWhereThereIsNoMessage() {
    file.append(new byte[] {1});
    assertEquals(List.of(Held.NOTHING), listed(RECORDS, TopicKey.NONE, 3).held());
    Messages none = fetched((long) RECORDS, 99L, -5L);
    assertEquals(3, none.done());
    assertEquals(List.of(), none.given());
  }

  @Test
  void shouldKeepToWhatAFrameHolds() {
    frameBytes = 200;
    assertEquals(7, listed(0, TopicKey.NONE, 1_000).held().size());
    Messages some = fetched(0L, 1L, 2L);
    assertEquals(1, some.done());
    assertEquals(List.of(0L), some.given().stream().map(Given::seq).toList());
    frameBytes = 100;
    Messages tooLarge = fetched(0L, 1L);
    assertEquals(2, tooLarge.done());
    assertEquals(List.of(), tooLarge.given());
  }

  @Test
  void shouldTellAnybodyHowFarItGoesAndNothingElse() {
    mayHave = false;
    Keys keys = listed(0, TopicKey.NONE, 0);
    assertEquals(RECORDS, keys.end());
    assertEquals(List.of(), keys.held());
    int before = sent.size();
    answerer.onListing("p", new Listing(5, 0, TopicKey.NONE, 1), 0);
    answerer.onFetch("p", new Fetch(6, List.of(0L)), 0);
    answerer.onFetch("stranger", new Fetch(6, List.of(0L)), 0);
    assertEquals(before, sent.size());
    assertEquals(3, counters.throttled.sum());
  }

  @Test
  void shouldAnswerOnePeerOnlySoOften() {
    for (int i = 0; i < 2 * TopicLimits.ANSWERS; i++) {
      answerer.onFetch("p", new Fetch(i, List.of(0L)), 0);
    }
    assertEquals(TopicLimits.ANSWERS, counters.answered.sum());
    assertEquals(TopicLimits.ANSWERS, counters.throttled.sum());
    answerer.onFetch("p", new Fetch(1, List.of(0L)), 100);
    assertEquals(TopicLimits.ANSWERS + 1, counters.answered.sum());
  }

  @Test
  void shouldTellKeepersOfNewsSoonAndOthersSeldom() {
    sent.clear();
    log.append(message(100));
    answerer.tick(TopicLimits.OFFER_NEWS_MS);
    assertEquals(List.of(), sent);
    answerer.speaks("p", TopicLimits.OFFER_NEWS_MS);
    assertEquals(List.of(new Offer(0, RECORDS + 1)), sent);
    log.append(message(101));
    answerer.tick(2 * TopicLimits.OFFER_NEWS_MS);
    answerer.tick(3 * TopicLimits.OFFER_NEWS_MS);
    assertEquals(2, sent.size());
    answerer.tick(2 * TopicLimits.OFFER_NEWS_MS + TopicLimits.OFFER_IDLE_MS);
    assertEquals(3, sent.size());
  }

  @Test
  void shouldTellAgainWhatACongestedPeerWasNotTold() {
    answerer.speaks("p", 0);
    log.append(message(100));
    isCongested = true;
    answerer.tick(TopicLimits.OFFER_NEWS_MS);
    isCongested = false;
    sent.clear();
    answerer.tick(2 * TopicLimits.OFFER_NEWS_MS);
    assertEquals(List.of(new Offer(0, RECORDS + 1)), sent);
  }
}
