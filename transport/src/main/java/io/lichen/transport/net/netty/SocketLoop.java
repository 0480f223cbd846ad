// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.netty;

import io.lichen.transport.net.NetLoop;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The loop of a socket as others see it: what their tasks have asked of the engine is settled when
 * the loop's turn ends. Thread-safe.
 */
final class SocketLoop implements NetLoop {
  private final UdpSocket socket;

  SocketLoop(UdpSocket socket) {
    this.socket = socket;
  }

  @Override
  public boolean inLoop() {
    return socket.loop().inEventLoop();
  }

  @Override
  public void execute(Runnable task) {
    socket.loop().execute(settling(task));
  }

  @Override
  public Future<?> schedule(Runnable task, long delay, TimeUnit unit) {
    return socket.loop().schedule(settling(task), delay, unit);
  }

  @Override
  public long nowNs() {
    return System.nanoTime();
  }

  private Runnable settling(Runnable task) {
    return () -> {
      try {
        task.run();
      } finally {
        socket.settleSoon();
      }
    };
  }
}
