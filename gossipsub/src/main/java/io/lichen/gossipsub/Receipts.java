// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Keeps natives from punishing us for what they sent us themselves. A native expects every mesh
 * member to send it each message that another one published, and takes half a point for good from
 * those that do not within a second; who got the message from it cannot. So we answer it with a
 * publish of the same id without payload, which it counts and drops as a copy
 * (docs/wire/moss-gossip.md, "Receipts"). Single-threaded.
 */
final class Receipts {
  private final EngineState engine;
  private final int limit;

  Receipts(EngineState engine) {
    this.engine = engine;
    this.limit = engine.gossip.maxReceiptsPerHeartbeat();
  }

  /** A message came for the first time, unasked: the sender has us in its mesh. */
  void afterFirst(TopicLink from, PublishedMessage message, long nowNs) {
    if (limit > 0 && !from.peer.isPublisherOf(message)) {
      send(from, message, nowNs);
    }
  }

  /**
   * A copy came. Mesh members have got the message of us, but for those under test; others may have
   * us in their mesh.
   */
  void afterCopy(TopicLink from, PublishedMessage message, long nowNs) {
    boolean hasGot = from.inMesh && from.test == null;
    if (limit > 0 && !hasGot && !from.peer.isPublisherOf(message)) {
      send(from, message, nowNs);
    }
  }

  /** A mesh member said that it does not want the message; a native expects it nevertheless. */
  void insteadOfForward(TopicLink link, PublishedMessage message, long nowNs) {
    if (limit > 0) {
      send(link, message, nowNs);
    }
  }

  private void send(TopicLink link, PublishedMessage message, long nowNs) {
    if (!link.mayBeNative(nowNs)) {
      return;
    }
    if (link.peer.receiptsThisHeartbeat >= limit) {
      engine.counters.receiptsOverLimit++;
      return;
    }
    link.peer.receiptsThisHeartbeat++;
    engine.outbox.receipt(link.peer, message);
  }
}
