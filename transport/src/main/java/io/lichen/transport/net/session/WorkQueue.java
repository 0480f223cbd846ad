// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.NetLoop;
import java.util.ArrayDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Streams with something to send. Any thread submits, at most once until the loop has looked; the
 * loop gives each its turn, so that none holds up the others. Nothing is allocated on the way.
 */
final class WorkQueue {
  /** Turns given before the loop looks at the socket again. */
  private static final int TURNS_PER_RUN = 32;

  private final NetLoop loop;
  private final DatagramOut out;
  private final Runnable run;
  private final AtomicReference<@Nullable OutboundStream> submitted = new AtomicReference<>();
  private final ArrayDeque<OutboundStream> ready = new ArrayDeque<>();

  /** A queue that asks the loop for this whenever there is work, and rests while nothing leaves. */
  WorkQueue(NetLoop loop, DatagramOut out, Runnable run) {
    this.loop = loop;
    this.out = out;
    this.run = run;
  }

  /** Adds a stream, from any thread. */
  void submit(OutboundStream stream) {
    if (stream.submitted.get() || !stream.submitted.compareAndSet(false, true)) {
      return;
    }
    OutboundStream first = submitted.get();
    while (true) {
      stream.nextSubmitted = first;
      if (submitted.compareAndSet(first, stream)) {
        break;
      }
      first = submitted.get();
    }
    if (first == null) {
      wake();
    }
  }

  /** Has the loop run once more. */
  void wake() {
    try {
      loop.execute(run);
    } catch (RejectedExecutionException e) {
      // The transport is closed, and with it every stream: nothing will be sent any more.
      submitted.set(null);
    }
  }

  /** Gives turns; on the loop. */
  void run(long nowNs) {
    collect();
    for (int turn = 0; turn < TURNS_PER_RUN; turn++) {
      if (!out.isWritable()) {
        return;
      }
      OutboundStream stream = ready.poll();
      if (stream == null) {
        return;
      }
      // Cleared first: what is added from here on submits it again.
      stream.submitted.set(false);
      if (stream.drain(nowNs) && stream.submitted.compareAndSet(false, true)) {
        ready.add(stream);
      }
    }
    if (!ready.isEmpty()) {
      wake();
    }
  }

  /** The stack holds the latest on top; turns go in the order of submission. */
  private void collect() {
    OutboundStream stream = submitted.getAndSet(null);
    OutboundStream reversed = null;
    while (stream != null) {
      OutboundStream next = stream.nextSubmitted;
      stream.nextSubmitted = reversed;
      reversed = stream;
      stream = next;
    }
    while (reversed != null) {
      OutboundStream next = reversed.nextSubmitted;
      reversed.nextSubmitted = null;
      ready.add(reversed);
      reversed = next;
    }
  }
}
