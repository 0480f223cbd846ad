// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.util.List;

/**
 * One stream of a session: what is sent on it arrives in the order of the calls of any one thread
 * if the stream is reliable. Any thread.
 *
 * <p>Events are packed into packets on the caller's thread. A call's events leave at once when the
 * loop is idle; while it is busy, or credit is lacking, those of later calls join them.
 */
public interface NetStream {
  /** Its id, unsigned; shared by both directions. */
  long id();

  /** The session that it belongs to. */
  NetSession session();

  /** How it was opened. */
  StreamOptions options();

  /** The longest event that can be sent now, in bytes: it depends on the peer. */
  int maxEventBytes();

  /**
   * Sends events; all or none of them are taken.
   *
   * @param events copied; must not be changed during the call
   * @return {@code SENT} once they are queued in order; with {@link StreamOptions.WhenFull#BLOCK}
   *     the call waits for room, except on the loop, where it answers {@code FULL} at once
   */
  SendVerdict send(List<byte[]> events);

  /** Sends one event, as {@link #send(List)} does. */
  default SendVerdict send(byte[] event) {
    return send(event, 0, event.length);
  }

  /**
   * Sends one event out of an array, as {@link #send(List)} does.
   *
   * @throws IndexOutOfBoundsException if the range does not lie in the array
   */
  SendVerdict send(byte[] buffer, int offset, int length);

  /**
   * Sends a batch as a publish: in one packet of its own.
   *
   * @param reliable whether the packet is repeated until acknowledged. The first such packet makes
   *     the stream reliable for good; on a stream that is reliable every packet is repeated
   * @param channelHash the low 16 bits of the channel's hash
   * @param originHash the publisher's origin hash
   * @param batch remains the caller's; may be closed as soon as the call returns
   * @return as {@link #send(List)}
   */
  SendVerdict publish(boolean reliable, int channelHash, long originHash, EventBatch batch);

  /**
   * Whether everything that was sent has been handed to the network, and acknowledged if the stream
   * is reliable. Asks the loop unless called on it, so it may take as long as the loop is busy.
   */
  boolean isIdle();

  /** Counts since the stream was opened; asks the loop as {@link #isIdle} does. */
  StreamStats stats();

  /**
   * Lets go of the stream on this side: what is queued is dropped, what was handed to the network
   * is still repeated, the peer is not told. Idempotent.
   */
  void close();
}
