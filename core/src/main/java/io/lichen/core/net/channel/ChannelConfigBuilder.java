// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.crypto.entity.EntityId;
import java.util.Set;

/** Makes a {@link ChannelConfig} out of another one. Not thread-safe. */
public final class ChannelConfigBuilder {
  private Visibility visibility;
  private Set<SubnetId> exportTargets;
  private CapabilityGate publishGate;
  private CapabilityGate subscribeGate;
  private boolean tokenRequired;
  private Set<EntityId> tokenRoots;
  private boolean originBound;
  private GroupPolicy groupPolicy;
  private int priority;
  private boolean reliable;
  private int maxPublishesPerSecond;

  ChannelConfigBuilder(ChannelConfig config) {
    visibility = config.visibility();
    exportTargets = config.exportTargets();
    publishGate = config.publishGate();
    subscribeGate = config.subscribeGate();
    tokenRequired = config.tokenRequired();
    tokenRoots = config.tokenRoots();
    originBound = config.originBound();
    groupPolicy = config.groupPolicy();
    priority = config.priority();
    reliable = config.reliable();
    maxPublishesPerSecond = config.maxPublishesPerSecond();
  }

  /** From which subnets it can be subscribed to. */
  public ChannelConfigBuilder visibility(Visibility value) {
    visibility = value;
    return this;
  }

  /** The subnets of {@link Visibility#EXPORTED}. */
  public ChannelConfigBuilder exportTargets(Set<SubnetId> value) {
    exportTargets = value;
    return this;
  }

  /** What this node must have announced to publish. */
  public ChannelConfigBuilder publishGate(CapabilityGate value) {
    publishGate = value;
    return this;
  }

  /** What a peer must have announced to subscribe. */
  public ChannelConfigBuilder subscribeGate(CapabilityGate value) {
    subscribeGate = value;
    return this;
  }

  /** Whether publishing and subscribing take a chain of tokens. */
  public ChannelConfigBuilder tokenRequired(boolean value) {
    tokenRequired = value;
    return this;
  }

  /** Whose grants count; any root makes tokens required. */
  public ChannelConfigBuilder tokenRoots(Set<EntityId> value) {
    tokenRoots = value;
    return this;
  }

  /** Whether a subscriber may have only the channel that its own origin hash ends. */
  public ChannelConfigBuilder originBound(boolean value) {
    originBound = value;
    return this;
  }

  /** Who may join a queue group. */
  public ChannelConfigBuilder groupPolicy(GroupPolicy value) {
    groupPolicy = value;
    return this;
  }

  /** 0 to 255; kept for the application. */
  public ChannelConfigBuilder priority(int value) {
    priority = value;
    return this;
  }

  /** Whether publishes are repeated until acknowledged. */
  public ChannelConfigBuilder reliable(boolean value) {
    reliable = value;
    return this;
  }

  /** Publishes beyond it are refused; 0 for no limit. */
  public ChannelConfigBuilder maxPublishesPerSecond(int value) {
    maxPublishesPerSecond = value;
    return this;
  }

  /**
   * The configuration.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ChannelConfig build() {
    return new ChannelConfig(
        visibility,
        exportTargets,
        publishGate,
        subscribeGate,
        tokenRequired,
        tokenRoots,
        originBound,
        groupPolicy,
        priority,
        reliable,
        maxPublishesPerSecond);
  }
}
