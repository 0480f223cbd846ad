// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends one event, and the next when its echo is there, on the thread that brings it. */
final class PingPong implements NetDriver.Receiver {
  private final NetDriver.Sender stream;
  private final List<byte[]> event;
  private final long[] times;
  private final CountDownLatch over = new CountDownLatch(1);
  private long beginNs;
  private int played;

  PingPong(NetDriver.Sender stream, List<byte[]> event, int count) {
    this.stream = stream;
    this.event = event;
    this.times = new long[count];
  }

  /**
   * Plays, and waits for the end.
   *
   * @param limitSeconds for all of it, because one lost echo ends the game
   * @return from each send to its echo, in nanoseconds
   */
  long[] times(long limitSeconds) throws InterruptedException {
    serve();
    if (!over.await(limitSeconds, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no " + times.length + " echoes in " + limitSeconds + " s");
    }
    return times;
  }

  private void serve() {
    beginNs = System.nanoTime();
    stream.send(event);
  }

  @Override
  public void onEvents(int count) {
    times[played++] = System.nanoTime() - beginNs;
    if (played < times.length) {
      serve();
    } else {
      over.countDown();
    }
  }
}
