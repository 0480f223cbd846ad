// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

/** The way of frames to peers, whose names are the wire's. */
public interface TopicPeers {
  /** The longest frame that goes to this peer, in bytes; 0 if none does. */
  int maxFrameBytes(String peer);

  /**
   * Sends a frame, which may get lost; does not block.
   *
   * @return false if it was not sent because the peer is gone or the way to it congested
   */
  boolean send(String peer, byte[] frame);

  /**
   * Whether a peer may have what is in the log of a topic; that there is one it may always know.
   */
  default boolean mayHave(String topic, String peer) {
    return true;
  }

  /** Whether a peer is to be asked for what is in its log of a topic. */
  default boolean isSource(String topic, String peer) {
    return true;
  }

  /** A peer has shown that it keeps a topic. */
  default void keeps(String topic, String peer) {}

  /** How long a message may be on its way by itself when a peer's log has it already. */
  default long graceMs() {
    return TopicLimits.GRACE_MS;
  }

  /** How often a peer that keeps a topic is told of news, in milliseconds. */
  default long newsMs() {
    return TopicLimits.OFFER_NEWS_MS;
  }
}
