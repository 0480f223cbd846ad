// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.CloseReason;
import io.lichen.transport.moss.MossSession;
import io.lichen.transport.moss.SessionHandler;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what a session brings. */
class Inbox implements SessionHandler {
  final BlockingQueue<byte[]> packets = new LinkedBlockingQueue<>();
  final CompletableFuture<CloseReason> closed = new CompletableFuture<>();
  final AtomicInteger batches = new AtomicInteger();
  final AtomicInteger writable = new AtomicInteger();
  final AtomicInteger closes = new AtomicInteger();

  /** Starts a session with an inbox of its own. */
  static Inbox of(MossSession session) {
    Inbox inbox = new Inbox();
    session.start(inbox);
    return inbox;
  }

  @Override
  public void onPacket(byte[] buffer, int offset, int length) {
    packets.add(Arrays.copyOfRange(buffer, offset, offset + length));
  }

  @Override
  public void onBatchComplete() {
    batches.incrementAndGet();
  }

  @Override
  public void onWritable() {
    writable.incrementAndGet();
  }

  @Override
  public void onClosed(CloseReason reason) {
    closes.incrementAndGet();
    closed.complete(reason);
  }

  byte[] next() {
    try {
      byte[] packet = packets.poll(10, TimeUnit.SECONDS);
      if (packet == null) {
        throw new AssertionError("no packet within 10 s");
      }
      return packet;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CloseReason closeReason() {
    return closed.orTimeout(10, TimeUnit.SECONDS).join();
  }
}
