// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

import io.lichen.core.bus.config.BusConfigReader;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an event bus (docs/event-bus.md, "Configuration"). Immutable.
 *
 * @param shards how many shards, 1 to 65535; by default one for each processor
 * @param ringCapacity slots of each shard's ring, a power of two from 1024; one of them stays free
 * @param backpressure what becomes of an event for which there is no room
 * @param batching when events go to the adapter
 * @param adapter where they are kept
 * @param adapterTimeout how long a call of the adapter may take, polls excepted; above 0
 * @param adapterRetries how often a batch is tried again, from 0
 * @param producerNonceFile where the nonce is kept that outlives the process; null for a random one
 */
public record EventBusConfig(
    int shards,
    int ringCapacity,
    Backpressure backpressure,
    Batching batching,
    AdapterConfig adapter,
    Duration adapterTimeout,
    int adapterRetries,
    @Nullable Path producerNonceFile) {
  private static final int MAX_SHARDS = 0xffff;
  private static final int MIN_CAPACITY = 1024;
  private static final int DEFAULT_CAPACITY = 1 << 20;

  /** Checks the bounds. */
  public EventBusConfig {
    require(
        shards >= 1 && shards <= MAX_SHARDS,
        "num_shards: expected 1 to " + MAX_SHARDS + ", found " + shards);
    require(
        ringCapacity >= MIN_CAPACITY && Integer.bitCount(ringCapacity) == 1,
        "ring_buffer_capacity: expected a power of two from "
            + MIN_CAPACITY
            + ", found "
            + ringCapacity);
    require(
        adapterTimeout.isPositive(),
        "adapter_timeout: expected more than 0, found " + adapterTimeout);
    require(
        adapterRetries >= 0, "adapter_batch_retries: expected 0 or more, found " + adapterRetries);
  }

  /** The defaults. */
  public static EventBusConfig defaults() {
    return new EventBusConfig(
        Math.min(MAX_SHARDS, Runtime.getRuntime().availableProcessors()),
        DEFAULT_CAPACITY,
        Backpressure.DROP_OLDEST,
        Batching.DEFAULT,
        new AdapterConfig.Memory(Retention.DEFAULT),
        Duration.ofSeconds(30),
        0,
        null);
  }

  /**
   * Reads a configuration as the natives read it: keys that nobody knows, and values of another
   * type than expected, count as if they were not there; our own keys stand under {@code "lichen"}
   * and are read strictly.
   *
   * @throws EventBusException {@link EventBusError#INVALID_JSON}
   */
  public static EventBusConfig parse(String json) {
    return BusConfigReader.lenient(json);
  }

  /**
   * Reads a configuration and refuses everything that would not count.
   *
   * @throws EventBusException {@link EventBusError#INVALID_JSON}
   */
  public static EventBusConfig parseStrict(String json) {
    return BusConfigReader.strict(json);
  }

  /** The same with so many shards. */
  public EventBusConfig withShards(int shards) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  /** The same with rings of this capacity. */
  public EventBusConfig withRingCapacity(int ringCapacity) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  /** The same with this back-pressure. */
  public EventBusConfig withBackpressure(Backpressure backpressure) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  /** The same with this batching. */
  public EventBusConfig withBatching(Batching batching) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  /** The same with this adapter. */
  public EventBusConfig withAdapter(AdapterConfig adapter) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  /** The same with this patience for the adapter, and so many more tries. */
  public EventBusConfig withAdapterCalls(Duration adapterTimeout, int adapterRetries) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  /** The same with a nonce that is kept in this file. */
  public EventBusConfig withProducerNonceFile(@Nullable Path producerNonceFile) {
    return new EventBusConfig(
        shards,
        ringCapacity,
        backpressure,
        batching,
        adapter,
        adapterTimeout,
        adapterRetries,
        producerNonceFile);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new EventBusException(EventBusError.INVALID_JSON, otherwise);
    }
  }
}
