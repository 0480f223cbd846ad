// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a relay passes on, for whom, how much, and for how long. */
class RelayTableTest {
  private static final long S = 1_000_000_000L;
  private static final long TTL = 1800 * S;
  private static final int SIZE = 300;

  private final Set<String> gone = new TreeSet<>();
  private RelayTable<String> table = table(50, new RelayRate(1000, 100));

  private boolean isConnected(String peer) {
    return !gone.contains(peer);
  }

  private static RelayTable<String> table(int sessions, RelayRate rate) {
    return new RelayTable<>(RelayLimits.of(sessions, TTL, rate));
  }

  private static RelayMessage<String> message(
      String sender, String source, String target, String session) {
    return new RelayMessage<>(sender, source, target, session, SIZE, SIZE);
  }

  private RelayVerdict request(String source, String target, String session, long nowNs) {
    return table.open(message(source, source, target, session), this::isConnected, nowNs);
  }

  private RelayVerdict accept(String source, String target, String session, long nowNs) {
    return table.accept(message(source, source, target, session), this::isConnected, nowNs);
  }

  private RelayVerdict data(String source, String target, String session, int bytes, long nowNs) {
    return table.data(message(source, source, target, session), bytes, this::isConnected, nowNs);
  }

  private RelayVerdict close(String source, String target, String session, long nowNs) {
    return table.close(message(source, source, target, session), this::isConnected, nowNs);
  }

  private void openSession(String asking, String asked, String session, long nowNs) {
    assertEquals(RelayVerdict.FORWARD, request(asking, asked, session, nowNs), session);
    assertEquals(RelayVerdict.FORWARD, accept(asked, asking, session, nowNs), session);
  }

  @Test
  void shouldCarryASessionFromItsRequestToItsEnd() {
    openSession("a", "b", "s", 0);
    assertEquals(RelayVerdict.FORWARD, data("a", "b", "s", 10, S));
    assertEquals(RelayVerdict.FORWARD, data("b", "a", "s", 10, S));
    assertEquals(1, table.size());
    assertEquals(RelayVerdict.FORWARD, close("b", "a", "s", 2 * S));
    assertEquals(RelayVerdict.NO_SESSION, data("a", "b", "s", 10, 2 * S));
    assertEquals(0, table.size());
  }

  @Test
  void shouldLetNobodyAskInAnothersName() {
    assertEquals(
        RelayVerdict.NOT_SENDER, table.open(message("m", "a", "b", "s"), this::isConnected, 0));
    assertEquals(0, table.size());
  }

  @Test
  void shouldNotSendToWhomIsNotConnected() {
    gone.add("b");
    assertEquals(RelayVerdict.NO_TARGET, request("a", "b", "s", 0));
    assertEquals(RelayVerdict.MALFORMED, request("a", "a", "s", 0), "to itself");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "quote\"", "back\\slash", "<", "\u00e9", "\u0001"})
  void shouldRefuseNamesThatGrowOnTheirWay(String name) {
    assertEquals(RelayVerdict.MALFORMED, request("a", "b", name, 0));
    assertEquals(RelayVerdict.MALFORMED, request("a", "b", "x".repeat(65), 0));
  }

  @Test
  void shouldSendNothingButRequestsToATargetThatHasNotAgreed() {
    request("a", "b", "s", 0);
    assertEquals(RelayVerdict.NO_CONSENT, data("a", "b", "s", 10, 0));
    assertEquals(RelayVerdict.NO_SESSION, accept("a", "b", "s", 0), "agreed to its own request");
    assertEquals(RelayVerdict.NO_CONSENT, data("a", "b", "s", 10, 0));
    assertEquals(RelayVerdict.FORWARD, data("b", "a", "s", 10, 0), "what it sends is consent");
    assertEquals(RelayVerdict.FORWARD, data("a", "b", "s", 10, 0));
  }

  @Test
  void shouldNotSendMoreThanThreeTimesWhatCameBeforeTheTargetAgrees() {
    RelayMessage<String> grown = new RelayMessage<>("a", "a", "b", "s", 100, 301);
    assertEquals(RelayVerdict.AMPLIFIED, table.open(grown, this::isConnected, 0));
    assertEquals(
        RelayVerdict.FORWARD,
        table.open(new RelayMessage<>("a", "a", "b", "s", 100, 300), this::isConnected, 0));
    assertEquals(RelayVerdict.AMPLIFIED, table.open(grown, this::isConnected, 0));
    assertEquals(RelayVerdict.FORWARD, request("a", "b", "s", 0));
  }

  @Test
  void shouldCloseForItsEndsOnly() {
    openSession("a", "b", "s", 0);
    assertEquals(
        RelayVerdict.NOT_SENDER, table.close(message("m", "a", "b", "s"), this::isConnected, 0));
    assertEquals(RelayVerdict.NO_SESSION, close("m", "b", "s", 0));
    assertEquals(RelayVerdict.NO_SESSION, close("a", "m", "s", 0));
    assertEquals(1, table.size());
  }

  @Test
  void shouldLetNobodyUseAnothersSession() {
    openSession("a", "b", "s", 0);
    assertEquals(
        RelayVerdict.NOT_SENDER, table.data(message("b", "a", "b", "s"), 1, this::isConnected, 0));
    assertEquals(RelayVerdict.NO_SESSION, data("m", "b", "s", 1, 0));
    assertEquals(RelayVerdict.NO_SESSION, data("a", "m", "s", 1, 0));
    assertEquals(RelayVerdict.NAME_TAKEN, request("m", "b", "s", 0));
    assertEquals(RelayVerdict.NAME_TAKEN, request("b", "a", "s", 0), "the other way round");
  }

  @Test
  void shouldCarryFiftySessionsAndRefuseTheNext() {
    for (int i = 0; i < 50; i++) {
      openSession("source" + i % 5, "target" + i, "s" + i, 0);
    }
    assertFalse(table.hasRoom());
    assertEquals(RelayVerdict.FULL, request("x", "y", "one-extra", 0));
    close("source0", "target0", "s0", 0);
    assertTrue(table.hasRoom());
    assertEquals(RelayVerdict.FORWARD, request("x", "y", "one-more", 0));
  }

  @Test
  void shouldNotLetOnePeerTakeAllPlaces() {
    for (int i = 0; i < 25; i++) {
      openSession("hog", "target" + i, "s" + i, 0);
    }
    assertEquals(RelayVerdict.TOO_MANY, request("hog", "target25", "s25", 0));
    assertEquals(RelayVerdict.FORWARD, request("x", "y", "x-y", 0));
  }

  @Test
  void shouldHoldFewRequestsThatNobodyAnswersAndForgetThemSoon() {
    for (int i = 0; i < 8; i++) {
      assertEquals(RelayVerdict.FORWARD, request("a", "target" + i, "s" + i, 0));
    }
    assertEquals(RelayVerdict.TOO_MANY, request("a", "target8", "s8", 0));
    assertEquals(RelayVerdict.FORWARD, request("a", "target8", "s8", 10 * S));
    assertEquals(1, table.size());
  }

  @Test
  void shouldNotAskATargetForEverThatDoesNotAnswer() {
    for (int i = 0; i < 4; i++) {
      assertEquals(RelayVerdict.FORWARD, request("a", "b", "s" + i, 0));
    }
    assertEquals(RelayVerdict.TOO_MANY, request("a", "b", "s4", 0));
    assertEquals(RelayVerdict.FORWARD, request("a", "c", "s4", 0));
  }

  @Test
  void shouldGiveThePlaceOfItsIdlestSessionToAPairThatOpensMany() {
    for (int i = 0; i < 4; i++) {
      openSession("a", "b", "s" + i, i * S);
    }
    data("a", "b", "s0", 1, 5 * S);
    assertEquals(RelayVerdict.FORWARD, request("b", "a", "s4", 6 * S));
    assertEquals(4, table.size());
    assertEquals(RelayVerdict.NO_SESSION, data("a", "b", "s1", 1, 6 * S));
    assertEquals(RelayVerdict.FORWARD, data("a", "b", "s0", 1, 6 * S));
  }

  @Test
  void shouldEndASessionThatIsIdleForItsTimeAndNoSooner() {
    openSession("a", "b", "s", 0);
    assertEquals(RelayVerdict.FORWARD, data("a", "b", "s", 1, TTL - 1));
    table.expire(2 * TTL - 2);
    assertEquals(1, table.size());
    assertEquals(RelayVerdict.NO_SESSION, data("a", "b", "s", 1, 2 * TTL - 1));
    assertEquals(0, table.size());
  }

  @Test
  void shouldForgetTheSessionsOfWhoLeaves() {
    openSession("a", "b", "s", 0);
    openSession("c", "a", "t", 0);
    openSession("c", "b", "u", 0);
    table.left("a");
    assertEquals(1, table.size());
    assertEquals(RelayVerdict.FORWARD, data("c", "b", "u", 1, 0));
  }

  @Test
  void shouldThrottleTheHeavySenderOnly() {
    openSession("heavy", "b", "s", 0);
    openSession("light", "b", "t", 0);
    assertEquals(RelayVerdict.FORWARD, data("heavy", "b", "s", 1000, 0));
    assertEquals(RelayVerdict.THROTTLED, data("heavy", "b", "s", 1, 0));
    assertEquals(RelayVerdict.FORWARD, data("b", "heavy", "s", 1000, 0));
    assertEquals(RelayVerdict.FORWARD, data("light", "b", "t", 1000, 0));
    assertEquals(RelayVerdict.FORWARD, data("heavy", "b", "s", 100, S));
    assertEquals(RelayVerdict.THROTTLED, data("heavy", "b", "s", 1, S));
  }

  @Test
  void shouldChargeAllSessionsOfASenderToOneBucketThatOutlivesThem() {
    openSession("a", "b", "s", 0);
    openSession("a", "c", "t", 0);
    data("a", "b", "s", 600, 0);
    assertEquals(RelayVerdict.THROTTLED, data("a", "c", "t", 600, 0));
    table.left("a");
    openSession("a", "b", "again", S);
    assertEquals(RelayVerdict.THROTTLED, data("a", "b", "again", 600, S), "came back at once");
  }

  @Test
  void shouldStayBoundedWhateverComes() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    table = table(10, new RelayRate(1000, 100));
    long nowNs = 0;
    for (int i = 0; i < 200_000; i++) {
      nowNs += random.nextInt(50_000_000);
      String sender = "p" + random.nextInt(30);
      String source = random.nextInt(4) == 0 ? "p" + random.nextInt(30) : sender;
      RelayMessage<String> message =
          message(sender, source, "p" + random.nextInt(30), "s" + random.nextInt(40));
      switch (random.nextInt(6)) {
        case 0, 1 -> table.open(message, this::isConnected, nowNs);
        case 2 -> table.accept(message, this::isConnected, nowNs);
        case 3 -> table.data(message, random.nextInt(500), this::isConnected, nowNs);
        case 4 -> table.close(message, this::isConnected, nowNs);
        default -> table.left(message.source());
      }
      assertTrue(table.size() <= 10, () -> "seed " + seed);
    }
  }
}
