// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;

/**
 * What is done to a channel without waiting for it. Whether it worked shows at the channel itself:
 * one that fails is closed, and everybody hears of that.
 */
final class Wire {
  private Wire() {}

  @SuppressWarnings("FutureReturnValueIgnored") // See above.
  static void close(Channel channel) {
    channel.close();
  }

  /** Writes without flushing. */
  @SuppressWarnings("FutureReturnValueIgnored") // See above.
  static void write(Channel channel, Object message) {
    channel.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // See above.
  static void send(Channel channel, Object message) {
    channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** The other side reads the end of what was sent; what it sends can still be read. */
  @SuppressWarnings("FutureReturnValueIgnored") // See above.
  static void endOutput(Channel channel) {
    ((DuplexChannel) channel).shutdownOutput();
  }

  /** Runs {@code action} on the loop when the future is done, well or not. */
  @SuppressWarnings("FutureReturnValueIgnored") // It is the same future.
  static void after(ChannelFuture future, Runnable action) {
    future.addListener(done -> action.run());
  }

  /** A number that changes whenever the other side takes something. On the loop. */
  static long progress(Channel channel) {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.currentProgress() - waiting.totalPendingWriteBytes();
  }

  static ByteBufAllocator buffers() {
    return ByteBufAllocator.DEFAULT;
  }
}
