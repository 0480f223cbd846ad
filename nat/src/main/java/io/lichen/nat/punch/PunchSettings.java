// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

/**
 * How hard one end tries.
 *
 * @param attempts how often the other end is asked to fire, at least 1
 * @param patienceNs how long after firing something must lead there before it is asked again
 * @param shots what is sent to each candidate
 * @param maxCandidates how many addresses are tried, at least 1
 */
public record PunchSettings(int attempts, long patienceNs, Shots shots, int maxCandidates) {
  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if a number is not positive
   */
  public PunchSettings {
    if (attempts < 1 || patienceNs < 1 || maxCandidates < 1) {
      throw new IllegalArgumentException(
          attempts + " attempts, " + patienceNs + " ns, " + maxCandidates + " candidates");
    }
  }
}
