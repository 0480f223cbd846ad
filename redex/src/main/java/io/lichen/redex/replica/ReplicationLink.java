// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

import java.util.OptionalLong;

/**
 * Carries messages of replication between the members of a set: what a network offers to {@link
 * Replica}. All methods are called on the thread that drives the replica and must not block, nor
 * call the replica back before they return.
 */
public interface ReplicationLink {
  /** The subprotocol of all messages. */
  int SUBPROTOCOL_ID = 0x0E00;

  /** What a member announces that keeps terms. */
  String TERMS_TAG = "lichen.redex.terms@1";

  /** Longest message: what one packet of the Net wire holds beside the length of its event. */
  int MAX_MESSAGE_BYTES = 8104;

  /**
   * Sends one message as one event; it may be lost, doubled or overtaken on the way.
   *
   * @param node never the sender
   * @param message at most {@link #MAX_MESSAGE_BYTES}; the link's from now on
   * @return whether it left; false if the node cannot be reached now
   */
  boolean send(long node, byte[] message);

  /** The last measured round-trip time to a node, in nanoseconds. */
  OptionalLong rttNs(long node);

  /** What a node speaks, as far as it has announced it. */
  Speech speech(long node);

  /** What a node speaks. */
  enum Speech {
    /** Nothing was heard of it yet. */
    UNKNOWN,
    /** It announced itself, without {@link #TERMS_TAG}. */
    NATIVE,
    /** It announced {@link #TERMS_TAG}. */
    TERMS
  }
}
