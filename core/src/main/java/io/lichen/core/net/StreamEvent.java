// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.transport.net.StreamEnd;

/** News of a stream: what went missing on it, or its end. */
public sealed interface StreamEvent {
  /** The node id of the peer at the stream's other end. */
  long peer();

  /** The stream's id, unsigned. */
  long streamId();

  /**
   * Packets of a reliable stream are missing for good, because the peer never repeated them; what
   * came after them follows. A Lichen node never gives up a packet so: its stream ends.
   *
   * @param sequence the number of the first that is missing, unsigned
   * @param packets how many, at least 1
   */
  record Gap(long peer, long streamId, long sequence, long packets) implements StreamEvent {}

  /**
   * The stream has failed, or the peer gave it up. Either side may open it again, and what is sent
   * on it next begins anew.
   *
   * @param reason why, and with it what may be missing
   */
  record Ended(long peer, long streamId, StreamEnd reason) implements StreamEvent {}
}
