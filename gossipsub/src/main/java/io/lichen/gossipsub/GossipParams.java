// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * How messages are offered and asked for outside the mesh (docs/wire/moss-gossip.md, "Lazy
 * gossip"). Immutable.
 *
 * @param sendIHaveOnPublish whether an own publish is followed at once by IHAVE to peers that did
 *     not get it and IDONTWANT to the mesh; off under {@code transport.high_throughput}
 * @param floodPublish whether own publishes go to every peer on the topic, not only to the mesh
 * @param gossipToMesh whether mesh members are offered recent messages too, when fewer than D_lazy
 *     others are there: repairs losses on a direct link
 * @param gossipFactor share of the peers outside the mesh that is told at each heartbeat; 0..1
 * @param historyHeartbeats for how many heartbeats a message is offered; 1..120
 * @param maxIdsPerMessage ids looked at in one IHAVE, IWANT or IDONTWANT, and sent in one; 1..65536
 * @param maxIHaveIdsSent ids offered to one peer on one topic in one heartbeat; 1..65536
 * @param maxIHaveIdsPerHeartbeat ids of a peer's IHAVEs looked at between two heartbeats;
 *     1..1048576
 * @param maxIWantIdsPerHeartbeat ids of a peer's IWANTs looked at between two heartbeats;
 *     1..1048576
 * @param maxIWantReplies how often one message is sent again to one peer on its IWANT; 1..100
 * @param maxIWantAttempts how often we ask for one id; 1..100
 * @param dontWantThresholdBytes payloads longer than this are announced by IDONTWANT; 0..2147483647
 * @param offersAtOnce how many forwarded messages of one topic are, between two heartbeats, offered
 *     to D_lazy peers outside the mesh at once; the others wait for the heartbeat; 0..65536
 * @param maxReceiptsPerHeartbeat receipts sent to one peer between two heartbeats, 0 for none;
 *     0..1048576
 * @param hashedOrder whether, as natives do, the last D_lazy ids are offered at each heartbeat to
 *     D_lazy peers in the order of a hash of topic, peer and heartbeat, and not all ids of the
 *     window to those told longest ago
 */
public record GossipParams(
    boolean sendIHaveOnPublish,
    boolean floodPublish,
    boolean gossipToMesh,
    double gossipFactor,
    int historyHeartbeats,
    int maxIdsPerMessage,
    int maxIHaveIdsSent,
    int maxIHaveIdsPerHeartbeat,
    int maxIWantIdsPerHeartbeat,
    int maxIWantReplies,
    int maxIWantAttempts,
    int dontWantThresholdBytes,
    int offersAtOnce,
    int maxReceiptsPerHeartbeat,
    boolean hashedOrder) {
  private static final int MILLION = 1 << 20;
  private static final GossipParams DEFAULTS =
      new GossipParams(
          true, true, true, 0.25, 5, 256, 1024, 5120, 5120, 5, 5, 1024, 32, 2048, false);
  private static final GossipParams MOSS_0_8_19 =
      new GossipParams(
          true, true, false, 0, 5, 256, 6, MILLION, MILLION, 100, 1, 1024, 65_536, 0, true);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException naming the field, the value and the range
   */
  public GossipParams {
    Checks.range("gossipFactor", gossipFactor, 0, 1);
    Checks.range("historyHeartbeats", historyHeartbeats, 1, 120);
    Checks.range("maxIdsPerMessage", maxIdsPerMessage, 1, 65_536);
    Checks.range("maxIHaveIdsSent", maxIHaveIdsSent, 1, 65_536);
    Checks.range("maxIHaveIdsPerHeartbeat", maxIHaveIdsPerHeartbeat, 1, MILLION);
    Checks.range("maxIWantIdsPerHeartbeat", maxIWantIdsPerHeartbeat, 1, MILLION);
    Checks.range("maxIWantReplies", maxIWantReplies, 1, 100);
    Checks.range("maxIWantAttempts", maxIWantAttempts, 1, 100);
    Checks.range("dontWantThresholdBytes", dontWantThresholdBytes, 0, Integer.MAX_VALUE);
    Checks.range("offersAtOnce", offersAtOnce, 0, 65_536);
    Checks.range("maxReceiptsPerHeartbeat", maxReceiptsPerHeartbeat, 0, MILLION);
  }

  /** As natives gossip: few ids to few peers, and no limits. */
  static GossipParams moss0819() {
    return MOSS_0_8_19;
  }

  /** The defaults: everything on, 256 ids a message. */
  public static GossipParams defaults() {
    return DEFAULTS;
  }

  /** The same with {@link #sendIHaveOnPublish} as given. */
  public GossipParams withSendIHaveOnPublish(boolean value) {
    return new GossipParams(
        value,
        floodPublish,
        gossipToMesh,
        gossipFactor,
        historyHeartbeats,
        maxIdsPerMessage,
        maxIHaveIdsSent,
        maxIHaveIdsPerHeartbeat,
        maxIWantIdsPerHeartbeat,
        maxIWantReplies,
        maxIWantAttempts,
        dontWantThresholdBytes,
        offersAtOnce,
        maxReceiptsPerHeartbeat,
        hashedOrder);
  }
}
