// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * How an engine's peers stand with it: the places in the meshes of all subscribed topics by their
 * state, and the peers by where their score lies (docs/wire/moss-gossip.md, "Scores"). Each peer
 * counts once among the scores, and once for each topic among the places. Immutable.
 *
 * @param inboundMembers places in meshes held by peers that dialled us
 * @param outboundMembers places in meshes held by peers that we dialled
 * @param candidates peers on a topic outside its mesh that may be taken in
 * @param inBackoff peers on a topic outside its mesh that may not be, for a PRUNE of either side
 * @param graylisted peers of which nothing is heard and to which nothing is sent
 * @param unheard peers whose publishes are dropped
 * @param avoided peers to which nothing is published, forwarded or gossiped
 * @param negative peers below 0, which are no mesh members
 * @param good peers at 0 or above
 */
public record PeerCensus(
    int inboundMembers,
    int outboundMembers,
    int candidates,
    int inBackoff,
    int graylisted,
    int unheard,
    int avoided,
    int negative,
    int good) {
  private static final PeerCensus EMPTY = new PeerCensus(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of an engine without peers. */
  public static PeerCensus empty() {
    return EMPTY;
  }

  static PeerCensus of(EngineState engine, long nowNs) {
    int[] places = new int[4];
    for (TopicState topic : engine.topics.values()) {
      if (topic.subscribed) {
        topic.claimants.forEach(link -> places[place(link, nowNs)]++);
      }
    }
    int[] scores = new int[5];
    engine.peers.values().forEach(peer -> scores[bucket(peer.score)]++);
    return new PeerCensus(
        places[0], places[1], places[2], places[3], scores[0], scores[1], scores[2], scores[3],
        scores[4]);
  }

  private static int place(TopicLink link, long nowNs) {
    if (link.inMesh) {
      return link.peer.outbound ? 1 : 0;
    }
    return isPast(link.noGraftUntilNs, nowNs) && isPast(link.refuseUntilNs, nowNs) ? 2 : 3;
  }

  private static boolean isPast(long timeNs, long nowNs) {
    return timeNs == TopicLink.NEVER || nowNs - timeNs >= 0;
  }

  private static int bucket(double score) {
    if (score < Thresholds.GRAYLIST) {
      return 0;
    } else if (score < Thresholds.PUBLISH) {
      return 1;
    } else if (score < Thresholds.GOSSIP) {
      return 2;
    }
    return score < Thresholds.MESH ? 3 : 4;
  }
}
