// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.json.JsonException;
import io.lichen.core.net.capability.CapabilityFilter;
import java.util.function.Function;

/**
 * A channel's configuration as text has it: capabilities are asked for by filters, which become
 * gates where a node is that knows what its peers announced. Immutable.
 *
 * @param config everything else; its gates are open
 * @param publishers what this node must have announced to publish
 * @param subscribers what a peer must have announced to subscribe
 */
public record ChannelDefinition(
    ChannelConfig config, CapabilityFilter publishers, CapabilityFilter subscribers) {
  /**
   * Reads the JSON of the seed's register call (docs/config.md, "Channels of Net nodes"), strictly:
   * a key that nobody knows is refused.
   *
   * @throws IllegalArgumentException if it is not that; the message names the key
   */
  public static ChannelDefinition fromJson(String json) {
    try {
      return new ChannelDefinitionReader(json.getBytes(UTF_8)).read();
    } catch (JsonException e) {
      throw new IllegalArgumentException(
          "channel: " + e.getMessage() + " at byte " + e.offset(), e);
    }
  }

  /** The configuration with gates made from the filters. */
  public ChannelConfig bind(Function<CapabilityFilter, CapabilityGate> gates) {
    return config.toBuilder()
        .publishGate(gate(publishers, gates))
        .subscribeGate(gate(subscribers, gates))
        .build();
  }

  /** A filter that asks for nothing needs no announcement either. */
  private static CapabilityGate gate(
      CapabilityFilter filter, Function<CapabilityFilter, CapabilityGate> gates) {
    return filter.equals(CapabilityFilter.ALL) ? CapabilityGate.OPEN : gates.apply(filter);
  }
}
