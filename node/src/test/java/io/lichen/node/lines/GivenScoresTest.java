// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.crypto.PeerId;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class GivenScoresTest {
  private final GivenScores scores = new GivenScores();

  @Test
  void shouldLetTheNodeDecideWhereNothingIsGivenOrAnyMore() {
    assertEquals(3.5, scores.score(peer(1), 3.5));
    scores.give(peer(1), OptionalDouble.of(-7));
    assertEquals(-7, scores.score(peer(1), 3.5));
    scores.give(peer(1), OptionalDouble.empty());
    assertEquals(3.5, scores.score(peer(1), 3.5));
  }

  @Test
  void shouldRefuseMorePeersThanItRemembers() {
    for (int i = 0; i < GivenScores.MAX_PEERS; i++) {
      scores.give(peer(i), OptionalDouble.of(i));
    }
    MossException refused =
        assertThrows(
            MossException.class,
            () -> scores.give(peer(GivenScores.MAX_PEERS), OptionalDouble.of(1)));
    assertEquals(MossError.CONFIG_INVALID, refused.error());
    scores.give(peer(0), OptionalDouble.of(9));
    assertEquals(9, scores.score(peer(0), 0));
  }

  private static PeerId peer(int number) {
    byte[] key = new byte[PeerId.BYTES];
    key[0] = (byte) (number >>> 8);
    key[1] = (byte) number;
    return PeerId.of(key);
  }
}
