// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.adapter;

import io.lichen.core.bus.AdapterConfig;
import io.lichen.core.bus.EventBusAdapter;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.bus.EventBusError;
import io.lichen.core.bus.EventBusException;

/** Makes the adapter that a configuration asks for. */
public final class Adapters {
  private Adapters() {}

  /** The adapter, or a refusal if there is none of that kind. */
  public static EventBusAdapter of(EventBusConfig config) {
    return switch (config.adapter()) {
      case AdapterConfig.Memory memory ->
          new MemoryAdapter(
              config.shards(), memory.retention(), System.currentTimeMillis(), System::nanoTime);
      case AdapterConfig.None none -> new NoAdapter();
      case AdapterConfig.Redis redis -> throw notBuilt("redis");
      case AdapterConfig.JetStream jetStream -> throw notBuilt("jetstream");
      case AdapterConfig.Peer peer -> throw notBuilt("net");
    };
  }

  private static EventBusException notBuilt(String name) {
    return new EventBusException(
        EventBusError.INIT_FAILED,
        "the "
            + name
            + " adapter is not built yet: leave the \""
            + name
            + "\" section out, or open the bus with an adapter of your own");
  }
}
