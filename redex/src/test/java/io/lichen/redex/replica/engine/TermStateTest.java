// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.disk.SimDisk;
import io.lichen.redex.log.LogFile;
import io.lichen.redex.log.ReplicaLog;
import io.lichen.redex.replica.wire.TermStart;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a member knows when it starts again. */
class TermStateTest {
  private final SimDisk disk = new SimDisk();

  private ReplicaLog log() {
    return LogFile.onDisk("a", RedexConfig.onDisk(), disk, Path.of("/base/a"), () -> 1)
        .replicaLog();
  }

  private TermState founded() {
    TermState state = TermState.open(log(), false);
    assertTrue(state.isForgetful());
    state.restored();
    return state;
  }

  @Test
  void shouldKeepTermAndVoteWhenTheProcessEnds() {
    founded().vote(3, 7);
    TermState again = TermState.open(log(), false);
    assertEquals(3, again.term());
    assertTrue(again.mayVoteFor(7));
    assertFalse(again.mayVoteFor(8));
    assertTrue(again.isVoter());
  }

  @Test
  void shouldNotVoteAfterALossOfPowerThatMayHaveTakenWhatItAcknowledged() {
    founded().vote(3, 7);
    disk.losePower(new Random(1));
    assertTrue(TermState.open(log(), true).isVoter());
    disk.losePower(new Random(1));
    TermState again = TermState.open(log(), false);
    assertFalse(again.isVoter());
    assertFalse(again.isForgetful());
    assertFalse(again.mayVoteFor(8));
  }

  @Test
  void shouldVoteAfterALossOfPowerIfTheLogWasClosed() {
    founded().close();
    disk.losePower(new Random(1));
    assertTrue(TermState.open(log(), false).isVoter());
  }

  @Test
  void shouldCountATermOnlyWhereTheLogReachesIt() {
    ReplicaLog log = log();
    TermState state = TermState.open(log, false);
    state.starts(List.of(new TermStart(1, 0), new TermStart(4, 2)));
    log.append(0, List.of(new byte[1]));
    assertEquals(1, state.lastTerm());
    log.append(1, List.of(new byte[1]));
    assertEquals(4, state.lastTerm());
    log.truncateFrom(1);
    assertEquals(1, state.lastTerm());
    state.enter(6);
    state.begin(1);
    assertEquals(List.of(new TermStart(1, 0), new TermStart(6, 1)), state.starts());
  }

  @Test
  void shouldCutALogAtADamagedRecord() {
    founded().enter(2);
    LogFile log = LogFile.onDisk("a", RedexConfig.onDisk(), disk, Path.of("/base/a"), () -> 1);
    log.append(new byte[40]);
    log.discard();
    disk.rot(new Random(1));
    ReplicaLog found = log();
    TermState again = TermState.open(found, true);
    assertFalse(again.isVoter());
    assertEquals(0, found.nextSeq());
    assertTrue(again.isSuspect());
  }

  @Test
  void shouldRefuseALogWithAGapThatNobodyAgreedUpon() {
    ReplicaLog log = log();
    log.append(0, List.of(new byte[1]));
    log.leaveGap(5);
    log.append(5, List.of(new byte[1]));
    RedexException refused = assertThrows(RedexException.class, () -> TermState.open(log(), false));
    assertEquals(RedexError.DAMAGED, refused.error());
    assertEquals(6, log().nextSeq());
  }
}
