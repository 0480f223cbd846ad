// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static io.lichen.gossipsub.Fixture.TOPIC;
import static io.lichen.gossipsub.Fixture.peer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a subscription is announced again. */
class AnnouncerTest {
  private final Fixture fixture = new Fixture();
  private final GossipSub engine = fixture.engine;
  private final RecordingHost host = fixture.host;

  /** The seconds, counted from the first, at which a GRAFT went to peer 1. */
  private List<Integer> graftSeconds(int seconds) {
    List<Integer> at = new ArrayList<>();
    for (int second = 1; second <= seconds; second++) {
      host.clear();
      fixture.heartbeats(1);
      if (host.controlsTo(peer(1)).contains(new GossipMessage.Graft(TOPIC))) {
        at.add(second);
      }
    }
    return at;
  }

  @Test
  void shouldRepeatSoonThenSlowly() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1);
    List<Integer> at = graftSeconds(300);

    assertEquals(List.of(1, 3, 7, 15), at.subList(0, 4));
    for (int index = 4; index < at.size(); index++) {
      int gap = at.get(index) - at.get(index - 1);
      assertTrue(gap >= 15 && gap <= 31, () -> "announced at " + at);
    }
    assertTrue(at.size() <= 16, () -> "announced at " + at);
  }

  @Test
  void shouldLeaveAPeerAloneForTheBackoffAfterItsPrune() {
    engine.subscribe(TOPIC, fixture.nowNs);
    fixture.connect(1);
    fixture.prune(peer(1));

    assertEquals(30, graftSeconds(60).getFirst());
  }

  @Test
  void shouldCostFarLessThanAGraftEverySecond() {
    for (int topic = 0; topic < 5; topic++) {
      engine.subscribe("topic-" + topic, fixture.nowNs);
    }
    fixture.connect(1);
    fixture.heartbeats(600);

    assertTrue(engine.stats().graftsSent() < 5 * 28, () -> "" + engine.stats().graftsSent());
  }
}
