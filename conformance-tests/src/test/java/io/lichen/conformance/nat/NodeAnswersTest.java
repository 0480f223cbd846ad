// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.child.Driver.JAVA;
import static io.lichen.conformance.child.Driver.NATIVE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Waits;
import io.lichen.conformance.moss.MeshPeer;
import io.lichen.conformance.moss.MeshPeers;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Nodes call what they are behind by its right name, and {@code ./lichen nat} tells how it behaves.
 * What libmoss calls it is printed beside that.
 */
class NodeAnswersTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final Path FOLDER = Path.of("target", "interop", "NodeAnswers");
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Short, so that nodes have looked several times in the end. */
  private static final Duration PROBE = Duration.ofSeconds(2);

  private static final String NO_NATIVE = "(not there)";
  private static final String ROW = "%-33s| %-22s| %-28s| %-28s| %s%n";

  /** What was said at one place: by the command, by a node, by a native. */
  private record Answers(Place place, NatWords command, MeshPeer node, @Nullable MeshPeer other) {}

  @Test
  void shouldCallThingsByTheirNames() throws Exception {
    InternetScenario.assumePossible("NodeAnswersTest");
    try (Meeting meeting = new Meeting(JAVA, FOLDER, PROBE)) {
      List<Answers> answers = new ArrayList<>();
      for (Place place : IS_FULL ? Place.all() : sample()) {
        answers.add(ask(meeting, place));
      }
      System.out.print(table(answers));
      for (Answers each : answers) {
        assertEquals(right(each.place()), each.command(), each.place().name());
        assertEquals(each.place().type().wireName(), type(each.node()), each.place().name());
      }
    }
  }

  private static List<Place> sample() {
    return List.of(Place.behind(NatKind.RESTRICTED_CONE), Place.behindTwo());
  }

  private static Answers ask(Meeting meeting, Place place) throws Exception {
    Host host = place.host().apply(meeting.internet());
    try (NatWords.Asking asking = NatWords.ask(host, meeting.stunServer(), FOLDER)) {
      MeshPeer node = meeting.join(host, JAVA);
      MeshPeer other = MeshPeers.canRun(NATIVE, Era.C) ? meeting.join(host, NATIVE) : null;
      Waits.until(
          "a node is right about: " + place,
          LIMIT,
          () -> type(node).equals(place.type().wireName()));
      return new Answers(place, asking.answer(), node, other);
    }
  }

  private static String type(MeshPeer peer) {
    return peer.info().path("nat_type").asText();
  }

  private static NatWords right(Place place) {
    return NatWords.of(place.type(), place.mapping(), place.filtering());
  }

  private static String table(List<Answers> answers) {
    StringBuilder table = new StringBuilder();
    table.append(ROW.formatted("behind", "Lichen", "mapping", "filtering", "libmoss 0.8.19"));
    for (Answers each : answers) {
      NatWords said = each.command();
      table.append(
          ROW.formatted(
              each.place(),
              type(each.node()),
              said.mapping(),
              said.filtering(),
              each.other() == null ? NO_NATIVE : type(each.other())));
    }
    return table.toString();
  }
}
