// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.core.moss.MossConfig.DirectPeer;
import io.lichen.core.moss.runtime.MossNodeRuntime;
import io.lichen.core.moss.runtime.NodeSettings;
import io.lichen.crypto.CryptoException;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.identity.Identities;
import io.lichen.crypto.identity.Identity;
import io.lichen.crypto.identity.KeyStore;
import io.lichen.crypto.identity.MemoryKeyStore;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransport;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link MossNode}. Everything but the mesh id has a default: upstream's configuration
 * defaults but for the search for peers, which is off ({@link MossConfig#quiet}), era C, a new
 * identity that lives as long as the node. Not thread-safe.
 */
public final class MossNodeBuilder {
  private static final int PSK_BYTES = 32;

  private final String meshId;
  private byte @Nullable [] psk;
  private MossConfig config = MossConfig.quiet();
  private @Nullable Era era;
  private KeyStore keyStore = new MemoryKeyStore();
  private @Nullable String listenHost;
  private @Nullable Integer listenPort;
  private final List<String> staticPeers = new ArrayList<>();
  private final List<DirectPeer> directPeers = new ArrayList<>();
  private UnaryOperator<GossipSubParams> gossipSub = UnaryOperator.identity();
  private @Nullable Consumer<MossMessage> onMessage;
  private @Nullable Consumer<MossEvent> onEvent;
  private @Nullable Consumer<SlowPeer> onSlowPeer;
  private @Nullable ScoringFunction scoring;

  MossNodeBuilder(String meshId) {
    this.meshId = meshId;
  }

  /**
   * The pre-shared key of the mesh (era A: without it there is no session) or of the room (era C:
   * without it nothing is understood).
   *
   * @param key 32 bytes; copied
   * @throws MossException {@link MossError#CONFIG_INVALID} if it has another length
   */
  public MossNodeBuilder psk(byte[] key) {
    if (key.length != PSK_BYTES) {
      throw new MossException(
          MossError.CONFIG_INVALID,
          "a pre-shared key has " + PSK_BYTES + " bytes, not " + key.length);
    }
    this.psk = key.clone();
    return this;
  }

  /**
   * The configuration as JSON with upstream's keys and semantics; ours stand under {@code
   * "lichen"}. What it does not name is as upstream has it: a node then announces itself to public
   * trackers and in the local network, unless {@code trackers}, {@code lan_discovery_enabled} and
   * {@code dht_enabled} say otherwise.
   *
   * @throws MossException {@link MossError#CONFIG_INVALID}, naming key and value
   */
  public MossNodeBuilder config(String json) {
    return config(MossConfig.parse(json));
  }

  /** The configuration. */
  public MossNodeBuilder config(MossConfig settings) {
    this.config = settings;
    return this;
  }

  /** Which generation of the wire to speak; overrides the configuration. */
  public MossNodeBuilder era(Era generation) {
    this.era = generation;
    return this;
  }

  /** Where the node's keys are kept; without it the node has a new identity each time. */
  public MossNodeBuilder keyStore(KeyStore store) {
    this.keyStore = store;
    return this;
  }

  /**
   * Where to listen; overrides the configuration.
   *
   * @param host an address or name of this machine; empty for all IPv4 addresses
   * @param port 0 to 65535, 0 for any that is free
   */
  public MossNodeBuilder listen(String host, int port) {
    this.listenHost = host;
    this.listenPort = port;
    return this;
  }

  /**
   * Adds a peer to be connected to from the start, and again whenever the connection is lost:
   * {@code host:port} or {@code udp://host:port}.
   */
  public MossNodeBuilder staticPeer(String address) {
    staticPeers.add(address);
    return this;
  }

  /**
   * Vouches for a peer: it gets every message of the topics that it is on, whatever the size of the
   * mesh, its score never falls below 0, and it finds a place beyond {@code max_peers}. It should
   * vouch for this node, too.
   */
  public MossNodeBuilder directPeer(PeerId id) {
    directPeers.add(new DirectPeer(id, null));
    return this;
  }

  /** {@link #directPeer(PeerId)} at an address, to which it is connected as a static peer. */
  public MossNodeBuilder directPeer(PeerId id, String address) {
    directPeers.add(new DirectPeer(id, address));
    return this;
  }

  /**
   * Changes the parameters of the engine from what the configuration makes of them: {@code p ->
   * p.withRates(…)}, or {@code p -> GossipSubParams.moss0819()}. Several changes are made in the
   * order of the calls.
   */
  public MossNodeBuilder gossipSub(UnaryOperator<GossipSubParams> change) {
    UnaryOperator<GossipSubParams> earlier = gossipSub;
    this.gossipSub = params -> change.apply(earlier.apply(params));
    return this;
  }

  /** See {@link MossNode#onMessage}. */
  public MossNodeBuilder onMessage(Consumer<MossMessage> callback) {
    this.onMessage = callback;
    return this;
  }

  /** See {@link MossNode#onEvent}. */
  public MossNodeBuilder onEvent(Consumer<MossEvent> callback) {
    this.onEvent = callback;
    return this;
  }

  /** See {@link MossNode#onSlowPeer}. */
  public MossNodeBuilder onSlowPeer(Consumer<SlowPeer> callback) {
    this.onSlowPeer = callback;
    return this;
  }

  /** See {@link MossNode#scoring}. */
  public MossNodeBuilder scoring(ScoringFunction function) {
    this.scoring = function;
    return this;
  }

  /**
   * Makes the node; it is not started yet.
   *
   * @throws MossException {@link MossError#CONFIG_INVALID} if the key store's content is not an
   *     identity; it is left as it is
   */
  public MossNode build() {
    if (config.veil().enabled()) {
      throw new MossException(
          MossError.CONFIG_INVALID, "veil.enabled: the masked bearer is not built; leave it out");
    }
    MossNode node = new MossNodeRuntime(settings(), MossTransport::open);
    if (onMessage != null) {
      node.onMessage(onMessage);
    }
    if (onEvent != null) {
      node.onEvent(onEvent);
    }
    if (onSlowPeer != null) {
      node.onSlowPeer(onSlowPeer);
    }
    if (scoring != null) {
      node.scoring(scoring);
    }
    return node;
  }

  private NodeSettings settings() {
    List<DirectPeer> direct = new ArrayList<>(config.lichen().directPeers());
    direct.addAll(directPeers);
    List<String> addresses = new ArrayList<>(config.staticPeers());
    addresses.addAll(staticPeers);
    direct.stream().map(DirectPeer::address).filter(Objects::nonNull).forEach(addresses::add);
    return new NodeSettings(
        meshId,
        psk,
        config,
        era != null ? era : config.lichen().era(),
        listenHost != null ? listenHost : config.lichen().listenHost(),
        listenPort != null ? listenPort : config.listenPort(),
        List.copyOf(addresses),
        direct.stream().map(DirectPeer::id).collect(Collectors.toUnmodifiableSet()),
        gossipSub.apply(NodeSettings.gossipSub(config)),
        identity());
  }

  private Identity identity() {
    try {
      return Identities.loadOrCreate(keyStore, new SecureRandom());
    } catch (CryptoException e) {
      throw new MossException(
          MossError.CONFIG_INVALID, "the key store cannot be used: " + e.getMessage(), e);
    }
  }
}
