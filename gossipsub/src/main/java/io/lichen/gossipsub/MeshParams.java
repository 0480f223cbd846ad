// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * How many neighbours a topic's mesh has, and the rhythm of its upkeep (docs/wire/moss-gossip.md,
 * "Mesh upkeep"). Immutable.
 *
 * @param d the degree that the mesh is filled up to and pruned down to; 1..1000
 * @param dLo below it the mesh is filled; 1..d
 * @param dHigh above it the mesh is pruned, at it a GRAFT is refused; d..10000
 * @param dOut how many members must be peers that we dialled, as long as there are such; 0..dLo
 * @param dLazy how many peers are told of messages by IHAVE at least; 0..1000
 * @param heartbeatMs how often {@link GossipSub#heartbeat} is called, milliseconds; 10..3600000
 * @param backoffMs after a PRUNE from a peer we do not GRAFT it for so long, and after ours we
 *     refuse its GRAFT while the mesh is not small, milliseconds; 1000..3600000
 * @param refreshMs the longest time between two announcements of a subscription to one peer,
 *     milliseconds; 10000..3600000
 * @param opportunisticTicks every so many heartbeats a mesh of poor scores takes in better peers;
 *     1..1000000
 * @param ranked whether members are chosen as natives do, by score, with ties decided by id, and
 *     outbound peers first; at random if not, so that nobody can make an id that we choose
 */
public record MeshParams(
    int d,
    int dLo,
    int dHigh,
    int dOut,
    int dLazy,
    int heartbeatMs,
    int backoffMs,
    int refreshMs,
    int opportunisticTicks,
    boolean ranked) {
  private static final MeshParams DEFAULTS =
      new MeshParams(6, 4, 12, 2, 6, 1000, 30_000, 30_000, 60, false);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field, the value and the range
   */
  public MeshParams {
    Checks.range("d", d, 1, 1000);
    Checks.range("dLo", dLo, 1, d);
    Checks.range("dHigh", dHigh, d, 10_000);
    Checks.range("dOut", dOut, 0, dLo);
    Checks.range("dLazy", dLazy, 0, 1000);
    Checks.range("heartbeatMs", heartbeatMs, 10, 3_600_000);
    Checks.range("backoffMs", backoffMs, 1000, 3_600_000);
    Checks.range("refreshMs", refreshMs, 10_000, 3_600_000);
    Checks.range("opportunisticTicks", opportunisticTicks, 1, 1_000_000);
  }

  /** The defaults of the natives: D 6, D_lo 4, D_high 12, D_out 2, D_lazy 6, 1 s. */
  public static MeshParams defaults() {
    return DEFAULTS;
  }

  /**
   * The nearest valid parameters to the values of a configuration, which the natives do not check
   * against each other: D_lo is lowered to D, D_high raised to D, D_out lowered to D_lo, and each
   * is brought into its range.
   */
  public static MeshParams adjusted(
      int d, int dLo, int dHigh, int dOut, int dLazy, int heartbeatMs) {
    return DEFAULTS.withDegrees(d, dLo, dHigh, dOut, dLazy, heartbeatMs);
  }

  /**
   * The same with the degrees and the rhythm of a configuration, as {@link #adjusted} takes them.
   */
  public MeshParams withDegrees(
      int newD, int newDLo, int newDHigh, int newDOut, int newDLazy, int newHeartbeatMs) {
    int degree = Math.clamp(newD, 1, 1000);
    int low = Math.clamp(newDLo, 1, degree);
    return new MeshParams(
        degree,
        low,
        Math.clamp(newDHigh, degree, 10_000),
        Math.clamp(newDOut, 0, low),
        Math.clamp(newDLazy, 0, 1000),
        Math.clamp(newHeartbeatMs, 10, 3_600_000),
        backoffMs,
        refreshMs,
        opportunisticTicks,
        ranked);
  }

  /** The same degrees and rhythm, with members chosen as natives do and at each heartbeat. */
  public MeshParams likeNatives() {
    return new MeshParams(d, dLo, dHigh, dOut, dLazy, heartbeatMs, backoffMs, refreshMs, 1, true);
  }
}
