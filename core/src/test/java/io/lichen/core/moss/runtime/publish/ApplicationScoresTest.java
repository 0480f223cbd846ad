// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.LogLimiter;
import io.lichen.crypto.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class ApplicationScoresTest {
  private static final PeerId PEER = PeerId.of(new byte[PeerId.BYTES]);

  private final LogLimiter log = new LogLimiter(1, System::nanoTime);
  private final ApplicationScores scores =
      new ApplicationScores(Runnable::run, new CallbackScope(new LongAdder(), log));

  /** A slow function must not open a gap through which whoever is graylisted gets in. */
  @Test
  void shouldLetTheLastAnswerCountUntilTheNextIsThere() {
    List<Double> whileAsking = new ArrayList<>();
    scores.function(
        (peer, base) -> {
          whileAsking.add(scores.score(peer, 1.5));
          return -200;
        });
    scores.score(PEER, 1.5);
    assertEquals(-200, scores.score(PEER, 1.5));
    scores.heartbeat();
    assertEquals(List.of(1.5, -200.0), whileAsking);
  }

  @Test
  void shouldGoBackToTheBaseWhereNoAnswerComes() {
    double[] answer = {-200};
    scores.function((peer, base) -> answer[0]);
    scores.score(PEER, 1.5);
    assertEquals(-200, scores.score(PEER, 1.5));
    answer[0] = Double.NaN;
    scores.heartbeat();
    assertEquals(1.5, scores.score(PEER, 1.5));
  }
}
