// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.entity.EntityId;
import java.util.Set;

/**
 * Who may use a channel, and how what is published on it is sent (docs/wire/net-channels.md,
 * "Configuration"). Immutable and thread-safe if its gates are.
 *
 * @param visibility from which subnets it can be subscribed to
 * @param exportTargets the subnets of {@link Visibility#EXPORTED}
 * @param publishGate what this node must have announced to publish
 * @param subscribeGate what a peer must have announced to subscribe
 * @param tokenRequired whether publishing and subscribing take a chain of tokens
 * @param tokenRoots whose grants count; with none, and tokens required, nobody gets in
 * @param originBound whether a subscriber may have only the channel that its own origin hash ends;
 *     for channels registered by prefix
 * @param groupPolicy who may join a queue group
 * @param priority 0 to 255; kept for the application, packets carry none
 * @param reliable whether publishes are repeated until acknowledged, unless they say otherwise
 * @param maxPublishesPerSecond publishes beyond it are refused; 0 for no limit
 */
public record ChannelConfig(
    Visibility visibility,
    Set<SubnetId> exportTargets,
    CapabilityGate publishGate,
    CapabilityGate subscribeGate,
    boolean tokenRequired,
    Set<EntityId> tokenRoots,
    boolean originBound,
    GroupPolicy groupPolicy,
    int priority,
    boolean reliable,
    int maxPublishesPerSecond) {
  /** Highest priority. */
  public static final int MAX_PRIORITY = 255;

  private static final ChannelConfig OPEN =
      new ChannelConfig(
          Visibility.GLOBAL,
          Set.of(),
          CapabilityGate.OPEN,
          CapabilityGate.OPEN,
          false,
          Set.of(),
          false,
          GroupPolicy.ANYBODY,
          0,
          false,
          0);

  /** Checks the ranges; whoever names roots requires tokens. */
  public ChannelConfig {
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "a channel's priority lies in 0.." + MAX_PRIORITY + ", not " + priority);
    }
    if (maxPublishesPerSecond < 0) {
      throw new IllegalArgumentException(
          "publishes per second are 0 or more, not " + maxPublishesPerSecond);
    }
    exportTargets = Set.copyOf(exportTargets);
    tokenRoots = Set.copyOf(tokenRoots);
    tokenRequired = tokenRequired || !tokenRoots.isEmpty();
  }

  /** A channel that everybody may use; publishes are sent once and not repeated. */
  public static ChannelConfig open() {
    return OPEN;
  }

  /** Changes some of it. */
  public ChannelConfigBuilder toBuilder() {
    return new ChannelConfigBuilder(this);
  }
}
