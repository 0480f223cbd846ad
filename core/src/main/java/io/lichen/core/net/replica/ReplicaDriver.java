// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import io.lichen.core.net.replica.ReplicaQueue.Task;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.replica.Replica;
import io.lichen.redex.replica.ReplicaListener;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaSetup;
import io.lichen.redex.replica.ReplicaStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one replica: messages, calls and timers, one after the other. Forcing the log is
 * done beside it, so that heartbeats do not wait for the disk.
 */
final class ReplicaDriver implements ReplicaListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaDriver.class);

  /** Messages that may wait, in bytes; those that come then are dropped, as on the way. */
  static final long MAX_MESSAGE_BYTES = 8 << 20;

  /** What a message counts beside its octets. */
  static final long MESSAGE_BYTES = 128;

  private final RedexFile file;
  private final Replica replica;
  private final ReplicaParts parts;
  private final Holdings holdings;
  private final Consumer<ReplicaStatus> changes;
  private final ReplicaQueue queue = new ReplicaQueue();
  private final AtomicLong messageBytes = new AtomicLong();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean isClosing;

  // Of the thread.
  private boolean isForcing;
  private boolean forcesAgain;

  ReplicaDriver(
      RedexFile file,
      ReplicaSetup setup,
      ReplicaParts parts,
      Holdings holdings,
      Consumer<ReplicaStatus> changes) {
    this.file = file;
    this.parts = parts;
    this.holdings = holdings;
    this.changes = changes;
    this.replica = Replica.of(file, setup, parts.link(), this);
  }

  /** Begins. Not on a virtual thread: those of the application could keep it from its timers. */
  void start() {
    Thread.ofPlatform().daemon().name("lichen-replica-" + file.name()).start(this::run);
  }

  private void run() {
    try {
      while (!isClosing) {
        turn();
      }
      parts.faults().guard(() -> replica.close(System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      isClosing = true;
      ended.countDown();
      cancelWaiting();
    }
  }

  private void turn() throws InterruptedException {
    @Nullable Task task = next();
    parts
        .faults()
        .guard(
            () -> {
              long nowNs = System.nanoTime();
              if (task != null) {
                task.run(replica, nowNs);
              }
              if (nowNs - replica.nextDeadlineNs() >= 0) {
                replica.onTimer(nowNs);
              }
            });
  }

  /** What is to be done before the replica's deadline; one that takes no part has none. */
  private @Nullable Task next() throws InterruptedException {
    boolean isIdle = replica.status().role() == ReplicaRole.IDLE;
    return queue.take(isIdle ? Long.MAX_VALUE : replica.nextDeadlineNs() - System.nanoTime());
  }

  private void cancelWaiting() {
    try {
      for (Task task = queue.take(0); task != null; task = queue.take(0)) {
        task.cancel(closed());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something on the thread; any thread. */
  void post(Task task) {
    queue.add(task);
    cancelIfEnded();
  }

  private void cancelIfEnded() {
    if (ended.getCount() == 0) {
      cancelWaiting();
    }
  }

  /** Appends records; any thread. */
  CompletableFuture<Long> append(List<byte[]> payloads) {
    CompletableFuture<Long> result = new CompletableFuture<>();
    queue.add(new ReplicaQueue.Append(payloads, result));
    cancelIfEnded();
    return result;
  }

  /** A message came for this log; any thread. */
  void onMessage(long from, ByteBuffer message) {
    long bytes = message.remaining() + MESSAGE_BYTES;
    if (messageBytes.addAndGet(bytes) > MAX_MESSAGE_BYTES) {
      messageBytes.addAndGet(-bytes);
      parts.dropped().increment();
      return;
    }
    post(
        (replica, nowNs) -> {
          messageBytes.addAndGet(-bytes);
          replica.onMessage(from, message, nowNs);
        });
  }

  /** The replica, of which only what is thread-safe may be asked. */
  Replica replica() {
    return replica;
  }

  @Override
  public void force() {
    if (isForcing) {
      forcesAgain = true;
      return;
    }
    isForcing = true;
    try {
      parts.executor().execute(this::forceNow);
    } catch (RejectedExecutionException e) {
      // The node closes: nobody waits for it any more.
      isForcing = false;
    }
  }

  private void forceNow() {
    boolean isForced = isForced();
    post(
        (replica, nowNs) -> {
          isForcing = false;
          if (!isForced) {
            replica.onForceFailed(nowNs);
            return;
          }
          if (forcesAgain) {
            forcesAgain = false;
            force();
          }
          replica.onForced(nowNs);
        });
  }

  private boolean isForced() {
    try {
      file.sync();
      return true;
    } catch (RedexException e) {
      LOG.warn("log {} could not be forced: {}", file.name(), e.getMessage());
      return false;
    }
  }

  @Override
  public boolean announce(long tailSeq) {
    return holdings.announce(file.name(), tailSeq);
  }

  @Override
  public boolean withdraw() {
    return holdings.withdraw(file.name());
  }

  @Override
  public void onChanged(ReplicaStatus status) {
    changes.accept(status);
  }

  /** Ends the thread, and waits for it. */
  void close(long limitMs) {
    isClosing = true;
    post((replica, nowNs) -> {});
    try {
      if (!ended.await(limitMs, TimeUnit.MILLISECONDS)) {
        LOG.warn("log {}: its replica has not ended after {} ms", file.name(), limitMs);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RedexException closed() {
    return new RedexException(
        RedexError.CLOSED, "log " + file.name() + ": this node does not replicate it any more");
  }

  /** What the replica answers; {@link RedexError#CLOSED} if it has ended. */
  <T> CompletableFuture<T> ask(Question<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    post(
        new Task() {
          @Override
          public void run(Replica replica, long nowNs) {
            try {
              pass(question.of(replica, nowNs), answer);
            } catch (RuntimeException e) {
              answer.completeExceptionally(e);
            }
          }

          @Override
          public void cancel(RedexException closed) {
            answer.completeExceptionally(closed);
          }
        });
    return answer;
  }

  private static <T> void pass(CompletableFuture<T> from, CompletableFuture<T> to) {
    var unused =
        from.whenComplete(
            (value, failure) -> {
              if (failure == null) {
                to.complete(value);
              } else {
                to.completeExceptionally(failure);
              }
            });
  }

  /** Asks the replica, on its thread. */
  interface Question<T> {
    CompletableFuture<T> of(Replica replica, long nowNs);
  }
}
