// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.crypto.RandomInput;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random and mutated octets at waiting responders. */
class NoiseRandomInputTest {
  /** Where each input costs an agreement of 80 µs, a tenth of the inputs must do. */
  private static final int AGREEMENT_SHARE = 10;

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void shouldRefuseWrongMessagesUnderAPreSharedKeyAndStillServeTheRightOne() {
    refuseAll(NoisePattern.XX_PSK0, RandomInput.count());
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void shouldRefuseWrongMessagesToAKnownResponderAndStillServeTheRightOne() {
    refuseAll(NoisePattern.IK, RandomInput.count() / AGREEMENT_SHARE);
  }

  private static void refuseAll(NoisePattern pattern, int count) {
    Random random = RandomInput.seeded("noise " + pattern);
    HandshakePair pair = new HandshakePair(pattern);
    byte[] hash = pair.responder.handshakeHash();
    byte[] right = pair.initiator.writeMessage(new byte[40]);
    for (int round = 0; round < count; round++) {
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
