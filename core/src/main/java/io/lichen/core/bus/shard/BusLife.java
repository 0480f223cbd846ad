// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.AdapterException.Kind;
import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins, flushes and ends a bus. Thread-safe. */
public final class BusLife {
  private static final Logger LOG = LoggerFactory.getLogger(BusLife.class);

  /** For rings to become empty, and then for what the adapter was given. */
  private static final Duration FLUSH = Duration.ofSeconds(5 + 2);

  private static final Duration CALLS = Duration.ofSeconds(5);
  private static final Duration OTHER_CLOSER = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(10);

  private final EventBusAdapter adapter;
  private final AdapterCalls calls;
  private final ShardSet shards;
  private final CallGate gate = new CallGate();

  private BusLife(EventBusAdapter adapter, AdapterCalls calls, ShardSet shards) {
    this.adapter = adapter;
    this.calls = calls;
    this.shards = shards;
  }

  /** Starts the adapter, then the shards. */
  public static BusLife begin(EventBusConfig config, EventBusAdapter adapter) {
    AdapterCalls calls = new AdapterCalls(config.adapterTimeout());
    try {
      Path file = config.producerNonceFile();
      long nonce = file == null ? ProducerNonce.ofProcess() : ProducerNonce.ofFile(file);
      calls.run("init", Kind.FATAL, adapter::init);
      ShardWorker.Settings settings =
          new ShardWorker.Settings(
              adapter, calls, config.batching(), config.adapterRetries(), nonce);
      ShardSet shards =
          new ShardSet(config.shards(), config.ringCapacity(), config.backpressure(), settings);
      shards.start();
      return new BusLife(adapter, calls, shards);
    } catch (AdapterException e) {
      throw new EventBusException(
          EventBusError.INIT_FAILED, "cannot start the event bus: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventBusException(EventBusError.INIT_FAILED, "interrupted while starting", e);
    }
  }

  /** The adapter. */
  public EventBusAdapter adapter() {
    return adapter;
  }

  /** The shards. */
  public ShardSet shards() {
    return shards;
  }

  /** Through which calls go that the end waits for. */
  public CallGate gate() {
    return gate;
  }

  /** See {@link io.lichen.core.bus.EventBus#flush}. */
  public void flush() {
    try {
      if (!shards.settle(FLUSH)) {
        LOG.warn("events still wait after {} of flushing", FLUSH);
      }
      calls.run("flush", Kind.FATAL, adapter::flush);
    } catch (AdapterException e) {
      throw new EventBusException(EventBusError.UNKNOWN, "cannot flush: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EventBusException(EventBusError.UNKNOWN, "interrupted while flushing", e);
    }
  }

  /** See {@link io.lichen.core.bus.EventBus#shutdown}. */
  public void end() {
    if (!gate.beginClose(CALLS, OTHER_CLOSER)) {
      return;
    }
    try {
      shards.close();
      shards.drain(DRAIN);
      long abandoned = shards.stats().abandoned();
      if (abandoned > 0) {
        LOG.warn("{} events were still there after {} of shutting down", abandoned, DRAIN);
      }
      endAdapter();
    } finally {
      gate.finish();
    }
  }

  private void endAdapter() {
    // Even an interrupted caller ends the adapter, with all the time that it may take.
    boolean interrupted = Thread.interrupted();
    Exception flush = failure("flush", adapter::flush);
    Exception shutdown = failure("shutdown", adapter::shutdown);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Exception first = flush == null ? shutdown : flush;
    if (first != null) {
      throw new EventBusException(
          EventBusError.UNKNOWN, "closed, but the adapter failed: " + first.getMessage(), first);
    }
  }

  private @Nullable Exception failure(String name, AdapterCalls.Call call) {
    try {
      calls.run(name, Kind.FATAL, call);
      return null;
    } catch (AdapterException e) {
      return e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    }
  }
}
