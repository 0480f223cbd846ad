// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import java.util.random.RandomGenerator;

/**
 * Blurs a number so that nobody can tell one node's traffic from what it publishes, while sums over
 * many nodes stay about right: the Laplace mechanism of differential privacy. The noise is added by
 * the node itself; nobody after it adds any.
 */
final class LaplaceNoise {
  /** 2⁶³ as a double: from here on a double does not fit a signed integer. */
  private static final double SIGN_LIMIT = 0x1p63;

  private final RandomGenerator random;
  private final double epsilon;

  /**
   * Makes the mechanism.
   *
   * @param random must not be predictable, or the noise can be taken off again
   * @param epsilon the privacy parameter, 0 or less for no noise
   */
  LaplaceNoise(RandomGenerator random, double epsilon) {
    this.random = random;
    this.epsilon = epsilon;
  }

  /**
   * The value, not above the cap, with noise of the scale cap / epsilon, not below 0. All numbers
   * are unsigned. The cap is what bounds how much one node can matter, so the noise is as large.
   */
  long apply(long value, long cap) {
    long clamped = Long.compareUnsigned(value, cap) > 0 ? cap : value;
    if (epsilon <= 0 || cap == 0) {
      return clamped;
    }
    double noisy = toDouble(clamped) + sample(toDouble(cap) / epsilon);
    return noisy < 0 ? 0 : fromDouble(noisy + 0.5);
  }

  private double sample(double scale) {
    // In [-0.5, 0.5); at the lower end the logarithm has no value.
    double u = Math.max(random.nextDouble() - 0.5, -0.5 + 0x1p-53);
    return -scale * Math.signum(u) * Math.log(1 - 2 * Math.abs(u));
  }

  private static double toDouble(long unsigned) {
    double low = unsigned & Long.MAX_VALUE;
    return unsigned < 0 ? low + SIGN_LIMIT : low;
  }

  private static long fromDouble(double value) {
    if (value < SIGN_LIMIT) {
      return (long) value;
    }
    return value < 2 * SIGN_LIMIT ? (long) (value - SIGN_LIMIT) | Long.MIN_VALUE : -1;
  }
}
