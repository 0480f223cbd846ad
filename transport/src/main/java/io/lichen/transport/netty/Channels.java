// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/** Small things done to channels and their loops. */
public final class Channels {
  private static final int GRACE_SECONDS = 5;
  private static final int WAIT_SECONDS = 10;

  private Channels() {}

  /** Closes a channel and looks away: a socket that cannot even be closed is no longer of use. */
  @SuppressWarnings("FutureReturnValueIgnored") // See above: there is nothing to do about it.
  public static void close(Channel channel) {
    channel.close();
  }

  /**
   * Ends the threads, which closes what is still open; waits unless called by one of them. May be
   * called again.
   */
  public static void shutDown(EventLoopGroup loops) {
    var terminated = loops.shutdownGracefully(0, GRACE_SECONDS, TimeUnit.SECONDS);
    if (!areOfCaller(loops)) {
      terminated.awaitUninterruptibly(WAIT_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** Whether the calling thread is one of these, so that it must not wait for them. */
  public static boolean areOfCaller(EventLoopGroup loops) {
    for (EventExecutor loop : loops) {
      if (loop.inEventLoop()) {
        return true;
      }
    }
    return false;
  }
}
