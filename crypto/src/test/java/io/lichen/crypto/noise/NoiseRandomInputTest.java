// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.crypto.RandomInput;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random and mutated octets at a waiting responder. */
class NoiseRandomInputTest {
  /** An agreement costs 100 µs and more, so this decoder gets a hundredth of the inputs. */
  private static final int AGREEMENT_SHARE = 100;

  @Test
  void shouldRefuseRandomAndMutatedMessagesAndStillServeTheRightOne() {
    Random random = RandomInput.seeded("noise");
    HandshakePair pair = new HandshakePair(NoisePattern.IK);
    byte[] hash = pair.responder.handshakeHash();
    byte[] right = pair.initiator.writeMessage(new byte[40]);
    for (int round = 0; round < RandomInput.count() / AGREEMENT_SHARE; round++) {
      byte[] wrong = RandomInput.mutated(random, right, 200);
      if (!Arrays.equals(wrong, right)) {
        assertThrows(
            NoiseException.class, () -> pair.responder.readMessage(wrong, 0, wrong.length));
      }
    }
    assertArrayEquals(hash, pair.responder.handshakeHash());
    assertArrayEquals(new byte[40], pair.responder.readMessage(right, 0, right.length));
  }
}
