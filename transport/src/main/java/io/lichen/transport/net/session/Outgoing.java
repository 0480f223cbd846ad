// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** One packet's worth of events that wait to be sent; a record that its stream uses again. */
final class Outgoing {
  ByteBuf frames = Unpooled.EMPTY_BUFFER;
  int events;

  /** What it counts for in the queue. */
  int bytes;

  /** Whether it is repeated until acknowledged, even if its stream is not reliable yet. */
  boolean reliable;

  int channelHash;
  long originHash;

  /** Whether further events may join. */
  boolean appendable;

  @Nullable Outgoing next;
}
