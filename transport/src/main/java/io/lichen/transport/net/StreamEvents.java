// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import io.netty.buffer.ByteBuf;

/** The events of one packet of a stream. Valid during the call that brings it; not thread-safe. */
public interface StreamEvents {
  /** Takes one event. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Called for each event in order.
     *
     * @param index 0 for the first event of the packet
     * @param buffer holds the event; its indices must not be changed
     * @param offset where the event begins
     * @param length its length in bytes, 0 or more
     */
    void onEvent(int index, ByteBuf buffer, int offset, int length);
  }

  /** The stream, unsigned. */
  long streamId();

  /** The packet's sequence number in the stream, unsigned. */
  long sequence();

  /** Whether the packet was sent reliably. */
  boolean reliable();

  /** The low 16 bits of the channel's hash if it was published; else without meaning. */
  int channelHash();

  /** The publisher's origin hash; 0 if it was not published. */
  long originHash();

  /** How many events there are. */
  int count();

  /** Shows every event, in order. */
  void forEach(Visitor visitor);

  /**
   * Keeps the room that the packet takes in its stream's window from the sender, who thereby slows
   * down, until it is given back by {@link NetSession#release}. To be called once at most.
   *
   * @return how much is to be given back, in bytes
   */
  int hold();
}
