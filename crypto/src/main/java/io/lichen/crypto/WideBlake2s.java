// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether long inputs are hashed on vectors. They are if the JVM was started with {@code
 * --add-modules jdk.incubator.vector}, the machine has 512-bit vectors, and they have proved
 * faster: until the compiler has seen it, vector code is a thousand times slower than it will be,
 * so a thread of its own runs it in, once, after some long inputs have come. Thread-safe.
 */
final class WideBlake2s {
  /** From here on a run of blocks is a long input: 1 KiB. */
  static final int MIN_BLOCKS = 16;

  private static final int LONG_INPUTS_BEFORE_TRIAL = 64;
  private static final int TRIAL_BLOCKS = 256;
  private static final int TRIAL_ROUNDS = 2000;
  private static final int WINS_NEEDED = 20;
  private static final AtomicInteger LONG_INPUTS = new AtomicInteger();

  private static volatile boolean faster;

  private WideBlake2s() {}

  /** Whether to hash the long input at hand on vectors; to be asked once for each. */
  static boolean isFaster() {
    if (!faster
        && LONG_INPUTS.get() < LONG_INPUTS_BEFORE_TRIAL
        && LONG_INPUTS.incrementAndGet() == LONG_INPUTS_BEFORE_TRIAL
        && isPresent()) {
      Thread.ofPlatform()
          .daemon()
          .name("lichen-blake2s-trial")
          .start(() -> faster = isFasterInTrial());
    }
    return faster;
  }

  /** Whether this JVM and machine have what the vector code needs. */
  static boolean isPresent() {
    try {
      return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
          && Blake2sVectors.isSupported();
    } catch (LinkageError e) {
      // A later JDK with another Vector API.
      return false;
    }
  }

  /** Runs both ways side by side until the vectors have won many times, or for a second or two. */
  static boolean isFasterInTrial() {
    byte[] input = new byte[TRIAL_BLOCKS * Blake2s.BLOCK_BYTES];
    int[] scalarState = Blake2sCompression.IV.clone();
    int[] vectorState = Blake2sCompression.IV.clone();
    Blake2sVectors vectors = new Blake2sVectors();
    int wins = 0;
    for (int round = 0; round < TRIAL_ROUNDS && wins < WINS_NEEDED; round++) {
      long startNs = System.nanoTime();
      for (int block = 0; block < TRIAL_BLOCKS; block++) {
        Blake2sCompression.compress(
            scalarState, input, block * Blake2s.BLOCK_BYTES, block, Blake2sCompression.MORE);
      }
      long middleNs = System.nanoTime();
      vectors.compress(vectorState, input, 0, TRIAL_BLOCKS, 0);
      long vectorNs = System.nanoTime() - middleNs;
      wins = vectorNs < middleNs - startNs ? wins + 1 : 0;
    }
    return wins == WINS_NEEDED;
  }
}
