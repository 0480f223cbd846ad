// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net.crowd;

import io.lichen.transport.net.NetLoop;
import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The loop that all members of a crowd share, as an engine wants it. */
record CrowdLoop(EventLoop loop) implements NetLoop {
  @Override
  public boolean inLoop() {
    return loop.inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    loop.execute(task);
  }

  @Override
  public Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return loop.schedule(task, delay, unit);
  }

  @Override
  public long nowNs() {
    return System.nanoTime();
  }
}
