// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static io.lichen.conformance.child.Driver.JAVA;
import static io.lichen.conformance.child.Driver.NATIVE;
import static io.lichen.conformance.nat.NatKind.FULL_CONE;
import static io.lichen.conformance.nat.NatKind.PORT_RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.RESTRICTED_CONE;
import static io.lichen.conformance.nat.NatKind.SEQUENTIAL_SYMMETRIC;
import static io.lichen.conformance.nat.NatKind.SYMMETRIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.moss.MeshPeers;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Who reaches whom through which NATs: directly where two sockets can, through the relay elsewhere.
 * Each cell has an internet of its own.
 */
class NatMatrixTest {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final int AT_A_TIME = 3;
  private static final int PREDICTIONS = IS_FULL ? 10 : 2;
  private static final int PREDICTIONS_AT_A_TIME = IS_FULL ? 1 : 2;
  private static final long MS = 1_000;

  private final NatMatrix matrix = new NatMatrix(Path.of("target", "interop", "NatMatrix"));

  @Test
  void shouldReachEachOtherAsDirectlyAsTheirNatsLetThem() throws Exception {
    assumeInternet();
    List<NatCell> cells = new ArrayList<>(IS_FULL ? all() : sample());
    if (!MeshPeers.canRun(NATIVE, Era.C)) {
      System.out.println("SKIPPED cells of natives: no native library of era C");
      cells.removeIf(NatCell::needsNative);
    }
    try {
      matrix.play(cells, AT_A_TIME);
    } finally {
      System.out.println(matrix.table());
    }
    List<String> failures = cells.stream().flatMap(this::failures).toList();
    assertEquals(List.of(), failures, () -> String.join("\n", failures));
  }

  /** Every runtime with every one, by a relay of ours; ours by libmoss's; natives by their own. */
  private static List<NatCell> all() {
    List<NatCell> cells = new ArrayList<>();
    cells.addAll(NatCell.all(NATIVE, NATIVE, NATIVE));
    cells.addAll(NatCell.all(JAVA, JAVA, JAVA));
    cells.addAll(NatCell.all(JAVA, NATIVE, JAVA));
    cells.addAll(NatCell.all(NATIVE, JAVA, JAVA));
    cells.addAll(NatCell.all(JAVA, JAVA, NATIVE));
    return cells;
  }

  private static List<NatCell> sample() {
    return List.of(
        new NatCell(PORT_RESTRICTED_CONE, PORT_RESTRICTED_CONE, JAVA, JAVA, JAVA),
        new NatCell(SYMMETRIC, RESTRICTED_CONE, JAVA, JAVA, JAVA),
        new NatCell(SYMMETRIC, PORT_RESTRICTED_CONE, JAVA, JAVA, JAVA),
        new NatCell(FULL_CONE, SYMMETRIC, JAVA, NATIVE, JAVA),
        new NatCell(PORT_RESTRICTED_CONE, PORT_RESTRICTED_CONE, NATIVE, JAVA, JAVA));
  }

  private Stream<String> failures(NatCell cell) {
    Outcome outcome = matrix.of(cell);
    List<String> failures = new ArrayList<>();
    if (outcome.reach().compareTo(cell.expected()) < 0) {
      failures.add(cell + " should be " + cell.expected() + ": " + outcome);
    }
    long limitMs = (cell.starter() == NATIVE ? 15 : 5) * MS;
    boolean isHeard = outcome.messagesMs() != Outcome.NEVER && outcome.messagesMs() <= limitMs;
    if (!isHeard && !cell.isOfNatives()) {
      failures.add(cell + " should hear each other within " + limitMs + " ms: " + outcome);
    }
    if (IS_FULL && !cell.isOfNatives() && MeshPeers.canRun(NATIVE, Era.C)) {
      Outcome natives = matrix.of(cell.ofNatives());
      if (outcome.reach().compareTo(natives.reach()) < 0) {
        failures.add(cell + " should be no worse than natives: " + outcome + ", " + natives);
      }
    }
    return failures.stream();
  }

  @Test
  void shouldMeetByPredictionThroughSequentialSymmetricNatsAtLeastHalfTheTime() throws Exception {
    assumeInternet();
    NatCell cell = new NatCell(SEQUENTIAL_SYMMETRIC, SEQUENTIAL_SYMMETRIC, JAVA, JAVA, JAVA);
    List<Outcome> outcomes = matrix.play(cell, PREDICTIONS, PREDICTIONS_AT_A_TIME);
    outcomes.forEach(outcome -> System.out.println(cell + ": " + outcome));
    long direct = outcomes.stream().filter(each -> each.reach() == Reach.DIRECT).count();
    assertTrue(2 * direct >= PREDICTIONS, direct + " of " + PREDICTIONS + " were direct");
  }

  private static void assumeInternet() {
    InternetScenario.assumePossible("NatMatrixTest");
  }
}
