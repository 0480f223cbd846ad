// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNat;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PeerStream;
import io.lichen.core.net.PublishOptions;
import io.lichen.core.net.PublishReport;
import io.lichen.core.net.capability.CapabilityFilter;
import io.lichen.core.net.capability.CapabilitySet;
import io.lichen.core.net.channel.ChannelDefinition;
import io.lichen.core.net.topic.NetTopic;
import io.lichen.crypto.ChannelName;
import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.token.PermissionToken;
import io.lichen.crypto.token.TokenChain;
import io.lichen.crypto.token.TokenGrant;
import io.lichen.crypto.token.TokenScope;
import io.lichen.node.net.NetTarget;
import io.lichen.transport.net.StreamOptions;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets a program steer a Net node. For one thread. */
final class NetNodeTarget implements NetTarget {
  private record StreamKey(long peer, long stream) {}

  private final NetNode node;
  private final KeptNetChannels kept;
  private final Map<StreamKey, PeerStream> streams = new HashMap<>();

  NetNodeTarget(NetNode node, KeptNetChannels kept) {
    this.node = node;
    this.kept = kept;
  }

  @Override
  public PeerInfo accept(long nodeId) {
    return node.accept(nodeId);
  }

  @Override
  public void connect(InetSocketAddress address, byte[] publicKey, long nodeId) {
    node.connect(address, publicKey, nodeId);
  }

  @Override
  public void connectVia(InetSocketAddress relay, byte[] publicKey, long nodeId) {
    node.connectVia(relay, publicKey, nodeId);
  }

  @Override
  public void start() {
    node.start();
  }

  @Override
  public void channel(String name, String configJson) {
    ChannelDefinition definition = given(() -> ChannelDefinition.fromJson(configJson));
    node.channels().register(name, definition.bind(node.capabilities()::gate));
  }

  /** A token alone is a chain of one. Whoever publishes on a kept channel is followed. */
  @Override
  public void subscribe(
      long publisher, String channel, byte @Nullable [] token, @Nullable String group) {
    byte[] chain =
        token != null && token.length == PermissionToken.BYTES
            ? TokenChain.of(PermissionToken.decode(token)).encode()
            : token;
    Optional<NetTopic> topic = kept.topic(channel);
    if (topic.isPresent() && group == null) {
      topic.get().follow(publisher, chain);
    } else {
      node.channels().subscribe(publisher, channel, chain, group);
    }
  }

  @Override
  public void unsubscribe(long publisher, String channel) {
    node.channels().unsubscribe(publisher, channel);
  }

  @Override
  public PublishReport publish(String channel, byte[] data, @Nullable Boolean reliable) {
    Optional<NetTopic> topic = kept.topic(channel);
    if (topic.isPresent()) {
      return topic.get().publish(data);
    }
    PublishOptions options = PublishOptions.defaults();
    return node.channels()
        .publish(
            channel, List.of(data), reliable == null ? options : options.withReliable(reliable));
  }

  /** Opened again, it may be the stream of a new session. */
  @Override
  public void openStream(long peer, long stream, boolean reliable, int windowBytes) {
    StreamOptions options = reliable ? StreamOptions.ofReliable() : StreamOptions.ofFireAndForget();
    streams.put(
        new StreamKey(peer, stream),
        node.openStream(peer, stream, options.withWindowBytes(windowBytes)));
  }

  @Override
  public void send(long peer, long stream, List<byte[]> events) {
    PeerStream opened = streams.get(new StreamKey(peer, stream));
    if (opened == null) {
      throw new NetException(
          NetError.INVALID_ARGUMENT,
          "stream "
              + Long.toUnsignedString(stream)
              + " of peer "
              + Long.toUnsignedString(peer)
              + " was not opened");
    }
    opened.send(events);
  }

  @Override
  public void announce(String capabilitiesJson) {
    node.capabilities().announce(given(() -> CapabilitySet.fromJson(capabilitiesJson)));
  }

  @Override
  public Collection<Long> find(String filterJson) {
    return node.capabilities().findNodes(given(() -> CapabilityFilter.fromJson(filterJson)));
  }

  @Override
  public byte[] issueToken(TokenRequest request) {
    TokenGrant grant =
        given(
            () ->
                TokenGrant.of(
                        EntityId.of(request.subject()),
                        scope(request.scope()),
                        ChannelName.of(request.channel()).hash(),
                        request.ttlSeconds())
                    .withDelegationDepth(request.delegationDepth()));
    return node.tokens().issue(grant).encode();
  }

  @Override
  public NetNat nat() {
    return node.nat();
  }

  @Override
  public List<PeerInfo> peers() {
    return node.peers();
  }

  @Override
  public NetStats stats() {
    return node.stats();
  }

  private static TokenScope scope(List<String> words) {
    TokenScope scope = TokenScope.NONE;
    for (String word : words) {
      scope =
          scope.union(
              switch (word) {
                case "publish" -> TokenScope.PUBLISH;
                case "subscribe" -> TokenScope.SUBSCRIBE;
                case "admin" -> TokenScope.ADMIN;
                case "delegate" -> TokenScope.DELEGATE;
                default ->
                    throw new IllegalArgumentException(
                        "\"" + word + "\" is none of publish, subscribe, admin, delegate");
              });
    }
    return scope;
  }

  /** What a program gave, if it can be read. */
  private static <T> T given(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new NetException(NetError.INVALID_ARGUMENT, String.valueOf(e.getMessage()), e);
    }
  }
}
