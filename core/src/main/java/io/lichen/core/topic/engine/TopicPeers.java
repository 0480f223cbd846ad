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
}
