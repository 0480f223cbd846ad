// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.redex.replica.wire.TermAck;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What counts as there with a majority; a term begins at 8 here. */
class CommitPointTest {
  private static final long TERM_SEQ = 8;

  private static Progress replica(boolean isAligned, long nextSeq, long durableSeq) {
    Progress replica = new Progress(2, 0);
    replica.onAck(new TermAck(3, isAligned, true, false, nextSeq, 0, durableSeq, 100), 110);
    return replica;
  }

  private static OptionalLong of(boolean countsForced, Progress... replicas) {
    return CommitPoint.of(List.of(replicas), 12, countsForced, TERM_SEQ, 2);
  }

  @Test
  void shouldCountWhatTheReplicaOfAMajorityHas() {
    assertEquals(OptionalLong.of(10), of(false, replica(true, 10, 9), replica(false, 12, 12)));
    assertEquals(OptionalLong.of(9), of(true, replica(true, 10, 9), replica(true, 8, 8)));
  }

  /** Another leader may still replace them. */
  @Test
  void shouldNotCountRecordsOfEarlierTermsAlone() {
    assertEquals(OptionalLong.empty(), of(false, replica(true, 7, 7)));
    assertEquals(OptionalLong.of(8), of(false, replica(true, 8, 0)));
    assertEquals(OptionalLong.empty(), of(true, replica(true, 8, 7)));
  }

  @Test
  void shouldNotCountLogsThatMayDiffer() {
    assertEquals(OptionalLong.empty(), of(false, replica(false, 12, 12)));
  }

  @Test
  void shouldHearAMajorityAsLateAsItsLastMemberWasHeard() {
    Progress unheard = new Progress(3, 0);
    assertEquals(
        OptionalLong.of(100), CommitPoint.heardNs(List.of(replica(true, 8, 8), unheard), 150, 2));
    assertEquals(
        OptionalLong.empty(), CommitPoint.heardNs(List.of(replica(true, 8, 8), unheard), 150, 3));
    assertEquals(OptionalLong.of(150), CommitPoint.heardNs(List.of(), 150, 1));
  }
}
