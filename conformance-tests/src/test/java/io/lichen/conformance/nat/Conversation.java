// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Two nodes that talk to each other all the time, each message another one. For one thread. */
final class Conversation {
  private static final String LEFT = "left ";
  private static final String RIGHT = "right ";
  private static final long PAUSE_NS = 100_000_000L;

  private final MeshPeer left;
  private final MeshPeer right;
  private int said;
  private long saidNs = System.nanoTime() - PAUSE_NS;

  Conversation(MeshPeer left, MeshPeer right) {
    this.left = left;
    this.right = right;
  }

  /** Both go on talking until something is so. */
  void until(String description, Duration limit, BooleanSupplier condition) {
    Waits.until(
        description,
        limit,
        () -> {
          talk();
          return condition.getAsBoolean();
        });
  }

  /** Both go on talking for a while. */
  void goOn(Duration time) {
    long endNs = System.nanoTime() + time.toNanos();
    until("a while", time.plusSeconds(10), () -> System.nanoTime() - endNs >= 0);
  }

  /**
   * Waits until each has heard something that the other said after now.
   *
   * @return how long that took
   */
  Duration flows(String description, Duration limit) {
    int before = said;
    long startNs = System.nanoTime();
    until(
        "messages flow: " + description,
        limit,
        () -> heard(left, RIGHT) > before && heard(right, LEFT) > before);
    return Duration.ofNanos(System.nanoTime() - startNs);
  }

  /**
   * Waits until they reach each other this way, and messages flow then.
   *
   * @return how long that took
   */
  Duration settle(Reach reach, String description, Duration limit) {
    long startNs = System.nanoTime();
    until(reach + ": " + description, limit, () -> Meeting.areBoth(reach, left, right));
    Duration reached = Duration.ofNanos(System.nanoTime() - startNs);
    return reached.plus(flows(description, limit));
  }

  /** What was delivered more than once. */
  List<String> doubled() {
    return Stream.of(left, right).flatMap(peer -> doubled(peer).stream()).toList();
  }

  private static List<String> doubled(MeshPeer peer) {
    List<String> texts =
        peer.messages().stream().map(message -> new String(message.data(), UTF_8)).toList();
    return texts.stream()
        .distinct()
        .filter(text -> Collections.frequency(texts, text) > 1)
        .toList();
  }

  private void talk() {
    long nowNs = System.nanoTime();
    if (nowNs - saidNs >= PAUSE_NS) {
      saidNs = nowNs;
      said++;
      Talk.say(left, LEFT + said);
      Talk.say(right, RIGHT + said);
    }
  }

  /** The number of the latest message that came from the other. */
  private static int heard(MeshPeer peer, String other) {
    return Talk.heard(peer, other).stream()
        .mapToInt(text -> Integer.parseInt(text.substring(other.length())))
        .max()
        .orElse(0);
  }
}
