// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.stream;

import io.lichen.transport.net.StreamEnd;

/**
 * What the streams of a session ask of it. Called from within calls to {@link SessionStreams}, on
 * its thread; only {@link SessionStreams#offer} may be called back from here, and only from {@link
 * #onWritable}.
 */
public interface StreamOutput {
  /**
   * Sends a packet, sealed with a fresh counter: events and stream control alike.
   *
   * @param packet all fields as they go into the header; remains the streams' own, its frames are
   *     to be sealed or copied before the call returns and not to be changed
   */
  void transmit(StreamPacket packet);

  /**
   * Brings a packet to the application: of a reliable stream in order and once. An event of several
   * packets comes whole, in one frame which may be longer than any packet's, under the header of
   * the piece that completed it.
   *
   * @param packet valid during the call
   */
  void deliver(StreamPacket packet);

  /** A stream can take a packet again, after it had refused one for lack of room. */
  void onWritable(long streamId);

  /** A stream failed, or the peer gave it up; it goes on with what is sent next. */
  void onStreamEnd(long streamId, StreamEnd reason);

  /**
   * Packets of a reliable stream are missing for good: their sender does not repeat them. What came
   * after them is delivered next.
   *
   * @param sequence the first one that is missing, unsigned
   * @param count how many
   */
  void onGap(long streamId, long sequence, long count);
}
