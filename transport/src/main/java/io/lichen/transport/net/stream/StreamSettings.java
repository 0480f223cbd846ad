// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

/**
 * Limits of a session's streams (docs/wire/net-streams.md, "Limits").
 *
 * @param maxStreams streams that are remembered; the least recently active one that is not busy
 *     gives way
 * @param idleNs how long an unused stream is remembered, in nanoseconds
 * @param hashSeed a random number of this process, so that no peer can choose colliding stream ids
 */
public record StreamSettings(int maxStreams, long idleNs, long hashSeed) {
  /**
   * Checks ranges.
   *
   * @throws IllegalArgumentException if a limit is not positive
   */
  public StreamSettings {
    if (maxStreams <= 0 || idleNs <= 0) {
      throw new IllegalArgumentException(
          "maxStreams " + maxStreams + " and idleNs " + idleNs + " must be 1 or more");
    }
  }
}
