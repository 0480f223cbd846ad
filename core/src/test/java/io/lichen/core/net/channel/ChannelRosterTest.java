// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.ChannelName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChannelRosterTest {
  private static final ChannelName NEWS = ChannelName.of("news");

  private final ChannelRoster roster = new ChannelRoster(3000);

  @Test
  void shouldNameEverySubscriberOnce() {
    add(1, null);
    add(2, null);
    add(1, null);
    assertEquals(List.of(1L, 2L), next());
    assertEquals(2, roster.size());
    assertEquals(Set.of(1L, 2L), roster.subscribers(NEWS));
  }

  @Test
  void shouldGiveEachPublishToOneMemberOfAGroupInTurn() {
    add(1, "g");
    add(2, "g");
    add(3, "g");
    add(9, null);
    assertEquals(List.of(9L, 1L), next());
    assertEquals(List.of(9L, 2L), next());
    assertEquals(List.of(9L, 3L), next());
    assertEquals(List.of(9L, 1L), next());
    roster.remove(NEWS, 2);
    assertEquals(List.of(9L, 3L), next());
    assertEquals(List.of(9L, 1L), next());
  }

  @Test
  void shouldServeGroupsApart() {
    add(1, "g");
    add(2, "h");
    assertEquals(Set.of(1L, 2L), Set.copyOf(next()));
    assertEquals(Set.of(1L, 2L), Set.copyOf(next()));
  }

  @Test
  void shouldReplaceOneModeByTheOther() {
    add(1, "g");
    add(1, null);
    assertEquals(List.of(1L), next());
    add(1, "h");
    assertEquals(List.of(1L), next());
    assertEquals(1, roster.size());
    Subscription held = roster.subscription(NEWS, 1);
    assertNotNull(held);
    assertEquals("h", held.group());
  }

  @Test
  void shouldForgetAPeerWithAllItHas() {
    add(1, null);
    add(2, "g");
    roster.add(new Subscription(ChannelName.of("more"), 1, null, null));
    assertEquals(2, roster.removePeer(1));
    assertEquals(0, roster.removePeer(1));
    assertEquals(List.of(2L), next());
    assertEquals(1, roster.size());
    assertTrue(roster.remove(NEWS, 2));
    assertFalse(roster.remove(NEWS, 2));
    assertEquals(List.of(), next());
  }

  @Test
  void shouldBoundWhatOnePeerHas() {
    for (int index = 0; index < ChannelRoster.MAX_CHANNELS_OF_PEER; index++) {
      assertTrue(roster.add(new Subscription(ChannelName.of("c" + index), 1, null, null)));
    }
    assertFalse(roster.add(new Subscription(NEWS, 1, null, null)));
    assertTrue(roster.hasRoom(ChannelName.of("c7"), 1), "what it has may be renewed");
    assertTrue(roster.add(new Subscription(NEWS, 2, null, null)));
  }

  @Test
  void shouldBoundWhatOnePeerHasAsConfigured() {
    ChannelRoster strict = new ChannelRoster(1, 10);
    assertTrue(strict.add(new Subscription(NEWS, 1, null, null)));
    assertFalse(strict.add(new Subscription(ChannelName.of("more"), 1, null, null)));
  }

  @Test
  void shouldBoundWhatAllHaveTogether() {
    ChannelRoster small = new ChannelRoster(2);
    assertTrue(small.add(new Subscription(NEWS, 1, null, null)));
    assertTrue(small.add(new Subscription(NEWS, 2, null, null)));
    assertFalse(small.add(new Subscription(NEWS, 3, null, null)));
    assertTrue(small.add(new Subscription(NEWS, 2, "g", null)));
    small.removePeer(1);
    assertTrue(small.add(new Subscription(NEWS, 3, null, null)));
  }

  /** Against a plain list of who has what. */
  @Test
  void shouldAgreeWithAPlainListAfterManyChanges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Set<Long> expected = new TreeSet<>();
    for (int round = 0; round < 20_000; round++) {
      long node = random.nextInt(20);
      switch (random.nextInt(4)) {
        case 0 -> {
          roster.remove(NEWS, node);
          expected.remove(node);
        }
        case 1 -> {
          roster.removePeer(node);
          expected.remove(node);
        }
        default -> {
          add(node, random.nextBoolean() ? null : "g" + random.nextInt(3));
          expected.add(node);
        }
      }
      assertEquals(expected, new TreeSet<>(roster.subscribers(NEWS)), "seed " + seed);
      assertEquals(expected.size(), roster.size(), "seed " + seed);
      List<Long> named = next();
      assertEquals(named.size(), Set.copyOf(named).size(), "named twice, seed " + seed);
      assertTrue(expected.containsAll(named), "seed " + seed);
    }
  }

  private void add(long nodeId, @Nullable String group) {
    assertTrue(roster.add(new Subscription(NEWS, nodeId, group, null)));
  }

  private List<Long> next() {
    List<Long> named = new ArrayList<>();
    roster.nextRecipients(NEWS, subscription -> named.add(subscription.nodeId()));
    return named;
  }
}
