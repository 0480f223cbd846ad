// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.relay;

/**
 * What a relay bears.
 *
 * @param sessions at a time
 * @param idleNs a session without traffic ends after so long
 * @param consentNs and one that its target has not agreed to after so long
 * @param pendingPerSource sessions that one peer may have asked for and nobody has agreed to yet
 * @param sessionsPerSource sessions that one peer may have asked for
 * @param sessionsPerPair sessions between the same two; one more takes the place of the idlest
 * @param rate of each sender
 */
public record RelayLimits(
    int sessions,
    long idleNs,
    long consentNs,
    int pendingPerSource,
    int sessionsPerSource,
    int sessionsPerPair,
    RelayRate rate) {
  private static final long CONSENT_NS = 10_000_000_000L;

  /**
   * Those that follow from a configuration: half of the sessions for one peer, 4 for one pair, 8
   * that wait for an answer, which must come within 10 s.
   */
  public static RelayLimits of(int sessions, long idleNs, RelayRate rate) {
    int perSource = Math.max(Math.min(4, sessions), sessions / 2);
    return new RelayLimits(sessions, idleNs, Math.min(idleNs, CONSENT_NS), 8, perSource, 4, rate);
  }
}
