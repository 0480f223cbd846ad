// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.child.Driver.JAVA;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.moss.MeshPeer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Two nodes behind routers talk directly; then something happens to the router of one of them.
 * Messages flow again within two of the intervals at which nodes look at what they are behind, and
 * none comes twice.
 */
class RecoveryTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));

  /** How often the nodes look at what they are behind: {@code lichen.nat_probe_ms}. */
  private static final Duration PROBE = Duration.ofSeconds(8);

  private static final Duration LIMIT = PROBE.multipliedBy(2);
  private static final Duration MEETING_LIMIT = Duration.ofSeconds(25);
  private static final Duration RESTART = Duration.ofSeconds(1);

  @Test
  void shouldTalkOnSoonWhateverHappensToTheRouter() {
    InternetScenario.assumePossible("RecoveryTest");
    play(NatKind.PORT_RESTRICTED_CONE, NatKind.FULL_CONE);
    if (IS_FULL) {
      play(NatKind.FULL_CONE, NatKind.PORT_RESTRICTED_CONE);
      play(NatKind.PORT_RESTRICTED_CONE, NatKind.PORT_RESTRICTED_CONE);
    }
  }

  private static void play(NatKind leftKind, NatKind rightKind) {
    Path folder = Path.of("target", "interop", "Recovery");
    try (Meeting meeting = new Meeting(JAVA, folder, PROBE)) {
      Router router = meeting.internet().router(leftKind);
      Host host = router.host();
      MeshPeer left = meeting.join(host, JAVA);
      MeshPeer right = meeting.join(meeting.internet().router(rightKind).host(), JAVA);
      Conversation conversation = new Conversation(left, right);
      left.connectTo(right.id());
      conversation.settle("two behind " + leftKind + " and " + rightKind, MEETING_LIMIT);
      blows(router, host, conversation)
          .forEach((name, blow) -> strike(leftKind + "-" + rightKind, name, blow, conversation));
    }
  }

  private static void strike(String pair, String name, Runnable blow, Conversation conversation) {
    String what = pair + ", " + name;
    blow.run();
    Duration flows = conversation.flows(what, LIMIT);
    Duration direct = flows.plus(conversation.settle(what, MEETING_LIMIT));
    System.out.printf(
        "%s: messages flow after %.1f s, directly after %.1f s%n",
        what, flows.toMillis() / 1e3, direct.toMillis() / 1e3);
    assertEquals(List.of(), conversation.doubled(), what);
  }

  private static Map<String, Runnable> blows(Router router, Host host, Conversation conversation) {
    Map<String, Runnable> blows = new LinkedHashMap<>();
    blows.put("lost mappings", router::flush);
    blows.put(
        "a restart",
        () -> {
          router.unplug();
          conversation.goOn(RESTART);
          router.replug();
        });
    blows.put("another address outside", router::changeExternal);
    blows.put("another address inside", host::changeAddress);
    return blows;
  }
}
