// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/**
 * What an end bears.
 *
 * @param sessions open at a time, whoever asked for them
 * @param perVia open through one relay
 * @param perRemote open to one peer; one more takes the place of the oldest
 * @param attempts targets that are being asked for at a time
 * @param remembered names of past sessions, which nobody may use again
 */
public record RelayEndLimits(
    int sessions, int perVia, int perRemote, int attempts, int remembered) {
  /** 256 sessions, 128 through one relay, 4 to one peer; 64 attempts; 8192 names. */
  public static RelayEndLimits defaults() {
    return new RelayEndLimits(256, 128, 4, 64, 8192);
  }
}
