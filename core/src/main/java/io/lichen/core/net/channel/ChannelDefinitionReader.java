// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.crypto.entity.EntityId;
import java.util.List;
import java.util.stream.Collectors;

/** Reads one channel's configuration. Used once. */
final class ChannelDefinitionReader {
  private final JsonReader json;
  private final ChannelConfigBuilder config = ChannelConfig.open().toBuilder();
  private CapabilityFilter publishers = CapabilityFilter.ALL;
  private CapabilityFilter subscribers = CapabilityFilter.ALL;

  ChannelDefinitionReader(byte[] octets) {
    json = new JsonReader(octets, 0, octets.length);
  }

  ChannelDefinition read() throws JsonException {
    json.beginObject();
    while (json.nextMember()) {
      String key = json.nameText();
      if (!json.tryNull()) {
        member(key);
      }
    }
    json.end();
    return new ChannelDefinition(config.build(), publishers, subscribers);
  }

  private void member(String key) throws JsonException {
    switch (key) {
      case "visibility" -> config.visibility(visibility(json.readString()));
      case "reliable" -> config.reliable(json.readBoolean());
      case "require_token" -> config.tokenRequired(json.readBoolean());
      case "token_roots" ->
          config.tokenRoots(
              json.readStrings(List.of()).stream()
                  .map(EntityId::parse)
                  .collect(Collectors.toUnmodifiableSet()));
      case "priority" -> config.priority(number(key, ChannelConfig.MAX_PRIORITY));
      case "max_rate_pps" -> config.maxPublishesPerSecond(number(key, Integer.MAX_VALUE));
      case "publish_caps" -> publishers = CapabilityFilter.read(json);
      case "subscribe_caps" -> subscribers = CapabilityFilter.read(json);
      case "lichen" -> ours();
      default -> refuse(key);
    }
  }

  private void ours() throws JsonException {
    json.beginObject();
    while (json.nextMember()) {
      String key = json.nameText();
      switch (key) {
        case "export_targets" ->
            config.exportTargets(
                json.readStrings(List.of()).stream()
                    .map(SubnetId::parse)
                    .collect(Collectors.toUnmodifiableSet()));
        case "origin_bound" -> config.originBound(json.readBoolean());
        case "groups" -> config.groupPolicy(groups(json.readString()));
        default -> refuse("lichen." + key);
      }
    }
  }

  private static void refuse(String key) {
    throw new IllegalArgumentException("channel: unknown key: " + key);
  }

  private int number(String key, int max) throws JsonException {
    long value = json.readLong();
    if (value < 0 || value > max) {
      throw new IllegalArgumentException(
          "channel: " + key + " is " + value + ", must be in 0.." + max);
    }
    return (int) value;
  }

  private static Visibility visibility(String text) {
    return switch (text) {
      case "subnet-local" -> Visibility.SUBNET_LOCAL;
      case "parent-visible" -> Visibility.PARENT_VISIBLE;
      case "exported" -> Visibility.EXPORTED;
      case "global" -> Visibility.GLOBAL;
      default ->
          throw new IllegalArgumentException(
              "channel: visibility is subnet-local, parent-visible, exported or global, not "
                  + text);
    };
  }

  private static GroupPolicy groups(String text) {
    return switch (text) {
      case "anybody" -> GroupPolicy.ANYBODY;
      case "nobody" -> GroupPolicy.NOBODY;
      case "token-bound" -> GroupPolicy.TOKEN_BOUND;
      default ->
          throw new IllegalArgumentException(
              "channel: groups is anybody, nobody or token-bound, not " + text);
    };
  }
}
