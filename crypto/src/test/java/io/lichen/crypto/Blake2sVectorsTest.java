// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.junit.jupiter.api.Test;

/** The vector form of BLAKE2s against the scalar one and BouncyCastle, where the machine has it. */
class Blake2sVectorsTest {
  private static final String ABSENT = "this machine has no 512-bit vectors";

  @Test
  void shouldBeOfferedTheModule() {
    assertTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "the tests of this module are to run with --add-modules jdk.incubator.vector");
  }

  @Test
  void shouldCompressLikeScalars() {
    assumeTrue(WideBlake2s.isPresent(), ABSENT);
    Random random = new Random(2);
    Blake2sVectors vectors = new Blake2sVectors();
    for (int round = 0; round < 2000; round++) {
      int[] scalar = random.ints(8).toArray();
      int[] vector = scalar.clone();
      int blocks = 1 + random.nextInt(3);
      byte[] in = new byte[blocks * Blake2s.BLOCK_BYTES + 7];
      random.nextBytes(in);
      int offset = random.nextInt(8);
      long total = random.nextLong();

      for (int block = 0; block < blocks; block++) {
        int blockOffset = offset + block * Blake2s.BLOCK_BYTES;
        long upTo = total + (block + 1L) * Blake2s.BLOCK_BYTES;
        Blake2sCompression.compress(scalar, in, blockOffset, upTo, Blake2sCompression.MORE);
      }
      vectors.compress(vector, in, offset, blocks, total);

      assertArrayEquals(scalar, vector, "round " + round + " of seed 2");
    }
  }

  @Test
  void shouldHashLongInputsRightBeforeAndAfterTheTrial() {
    Random random = new Random(3);
    for (int round = 0; round < 1500; round++) {
      byte[] in = new byte[1000 + random.nextInt(60_000)];
      random.nextBytes(in);
      byte[] expected = new byte[Blake2s.DIGEST_BYTES];
      Blake2sDigest reference = new Blake2sDigest(256);
      reference.update(in, 0, in.length);
      reference.doFinal(expected, 0);

      assertArrayEquals(expected, Blake2s.hash(in), "round " + round + " of seed 3");
    }
  }
}
