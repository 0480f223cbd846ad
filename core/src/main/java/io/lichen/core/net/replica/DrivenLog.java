// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import io.lichen.core.net.DeliveryOptions;
import io.lichen.core.net.ReplicatedLog;
import io.lichen.core.net.delivery.Hub;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexTail;
import io.lichen.redex.replica.Replica;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaSetup;
import io.lichen.redex.replica.ReplicaStatus;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.RoleSignal;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;

/** A replicated log, for the application: its calls go to the replica's thread. */
public final class DrivenLog implements ReplicatedLog {
  /** What appends under way may hold together, counted in blocks, at least one for each. */
  static final int MAX_BLOCKS = 4096;

  private static final int BLOCK_BYTES = 4096;

  private static final long CLOSE_LIMIT_MS = 1000;

  /** News that may wait for one subscriber. */
  private static final DeliveryOptions NEWS =
      new DeliveryOptions(DeliveryOptions.Overflow.DROP_OLDEST, 1024, false);

  private final RedexFile file;
  private final ReplicaSetup setup;
  private final ReplicaParts parts;
  private final Hub<ReplicaStatus> news;
  private final ReplicaDriver driver;
  private final Runnable onClosed;
  private final Semaphore appends = new Semaphore(MAX_BLOCKS, true);

  DrivenLog(
      RedexFile file,
      ReplicaSetup setup,
      ReplicaParts parts,
      Holdings holdings,
      Runnable onClosed) {
    this.file = file;
    this.setup = setup;
    this.parts = parts;
    this.onClosed = onClosed;
    this.news = new Hub<>("replica news", parts.executor(), parts.scope(), parts.newsCounters());
    this.driver = new ReplicaDriver(file, setup, parts, holdings, news::offer);
  }

  /** Begins; a member takes part at once. */
  void start() {
    driver.start();
    if (setup.members().contains(setup.self())) {
      join();
    }
  }

  ReplicaDriver driver() {
    return driver;
  }

  /** This one, if it would be made like this. */
  DrivenLog requireEqual(ReplicationConfig config, List<Long> members) {
    if (!config.equals(setup.config()) || !members.equals(setup.members())) {
      throw new RedexException(
          RedexError.CONFIG, "log " + name() + " is replicated in another way: " + setup.config());
    }
    return this;
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public RedexFile file() {
    return file;
  }

  @Override
  public ReplicaStatus status() {
    return driver.replica().status();
  }

  @Override
  public Flow.Publisher<ReplicaStatus> changes() {
    return news.publisher(NEWS);
  }

  @Override
  public CompletableFuture<Long> append(List<byte[]> payloads) {
    if (payloads.isEmpty()) {
      throw new IllegalArgumentException("there are no payloads to append");
    }
    long bytes = payloads.stream().mapToLong(payload -> payload.length).sum();
    int blocks = Math.clamp(bytes / BLOCK_BYTES, 1, MAX_BLOCKS);
    appends.acquireUninterruptibly(blocks);
    return parts
        .completions()
        .handOut(
            driver
                .append(List.copyOf(payloads))
                .whenComplete((seq, failure) -> appends.release(blocks)));
  }

  @Override
  public RedexTail tail(long from) {
    return driver.replica().tail(from);
  }

  @Override
  public CompletableFuture<Boolean> hasLease() {
    return parts
        .completions()
        .handOut(
            driver.ask(
                (replica, nowNs) -> CompletableFuture.completedFuture(replica.hasLease(nowNs))));
  }

  @Override
  public void join() {
    driver.post(Replica::join);
  }

  @Override
  public void leave() {
    driver.post(Replica::leave);
  }

  @Override
  public CompletableFuture<ReplicaStatus> transition(ReplicaRole to, RoleSignal signal) {
    return parts
        .completions()
        .handOut(
            driver.ask(
                (replica, nowNs) -> {
                  replica.transition(to, signal, nowNs);
                  return CompletableFuture.completedFuture(replica.status());
                }));
  }

  @Override
  public void close() {
    driver.close(CLOSE_LIMIT_MS);
    onClosed.run();
    news.close();
  }
}
