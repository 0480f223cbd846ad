// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What two nodes say to each other, numbered, and what of it arrives: what was taken must be heard
 * by the other, and once. For one thread.
 */
final class NumberedTalk {
  private static final String LEFT_SAYS = "left ";
  private static final String RIGHT_SAYS = "right ";
  private static final byte[] PROBE = "probe".getBytes(UTF_8);

  private final MeshPeer left;
  private final MeshPeer right;
  private final List<String> ofLeft = new ArrayList<>();
  private final List<String> ofRight = new ArrayList<>();
  private int number;

  private NumberedTalk(MeshPeer left, MeshPeer right) {
    this.left = left;
    this.right = right;
    left.clearMessages();
    right.clearMessages();
  }

  /** Waits until they hear each other; nothing of that counts as said. */
  static NumberedTalk begin(MeshPeer left, MeshPeer right, Duration limit) {
    Waits.until("they hear each other", limit, () -> hasBegun(left, right));
    return new NumberedTalk(left, right);
  }

  private static boolean hasBegun(MeshPeer one, MeshPeer other) {
    var unused = one.publishAsync(Meeting.CHANNEL, PROBE);
    var unusedToo = other.publishAsync(Meeting.CHANNEL, PROBE);
    return hears(one, other) && hears(other, one);
  }

  private static boolean hears(MeshPeer peer, MeshPeer speaker) {
    return peer.messages().stream().anyMatch(message -> message.sender().equals(speaker.id()));
  }

  /** So many exchanges, of which everything is heard once. */
  void assertHearing(int exchanges, Duration limit) {
    for (int i = 0; i < exchanges; i++) {
      exchange();
    }
    assertHeardOnce(limit);
  }

  /** Each says something; what its node does not take need not be heard. */
  void exchange() {
    number++;
    String fromLeft = LEFT_SAYS + number;
    String fromRight = RIGHT_SAYS + number;
    CompletableFuture<Integer> one = left.publishAsync(Meeting.CHANNEL, fromLeft.getBytes(UTF_8));
    CompletableFuture<Integer> two = right.publishAsync(Meeting.CHANNEL, fromRight.getBytes(UTF_8));
    if (one.join() == 0) {
      ofLeft.add(fromLeft);
    }
    if (two.join() == 0) {
      ofRight.add(fromRight);
    }
  }

  /** Waits until all that was said has been heard, and checks that nothing was heard twice. */
  void assertHeardOnce(Duration limit) {
    Waits.holdsWithin(
        limit,
        () ->
            Talk.heard(right, LEFT_SAYS).containsAll(ofLeft)
                && Talk.heard(left, RIGHT_SAYS).containsAll(ofRight));
    assertOnce(ofLeft, Talk.heard(right, LEFT_SAYS));
    assertOnce(ofRight, Talk.heard(left, RIGHT_SAYS));
  }

  private static void assertOnce(List<String> said, List<String> heard) {
    List<String> lost = new ArrayList<>(said);
    lost.removeAll(heard);
    assertEquals(List.of(), lost, "lost");
    assertEquals(heard.stream().distinct().toList(), heard, "heard twice");
  }
}
