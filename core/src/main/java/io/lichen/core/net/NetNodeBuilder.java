// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.core.net.runtime.NetNodeRuntime;
import io.lichen.core.net.runtime.NodeSettings;
import io.lichen.crypto.CryptoException;
import io.lichen.crypto.entity.EntityKeyPair;
import io.lichen.crypto.identity.KeyStore;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.ReplicaPlacement;
import io.lichen.transport.net.NetTransport;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link NetNode}. Everything but the pre-shared key has a default: upstream's, a free
 * port of the loopback address, an identity that lives as long as the node. Not thread-safe.
 */
public final class NetNodeBuilder {
  private NetConfig config = NetConfig.defaults();
  private @Nullable EntityKeyPair identity;
  private @Nullable KeyStore keyStore;
  private @Nullable Path logs;
  private @Nullable ReplicaPlacement placement;

  NetNodeBuilder() {}

  /** The configuration as JSON with upstream's keys, read strictly; see {@link NetConfig#parse}. */
  public NetNodeBuilder config(String json) {
    return config(NetConfig.parse(json));
  }

  /** The configuration. What is said by other methods before this is forgotten. */
  public NetNodeBuilder config(NetConfig settings) {
    this.config = settings;
    return this;
  }

  /**
   * The pre-shared key of the mesh.
   *
   * @param key 32 bytes; copied
   * @throws NetException {@link NetError#MESH_INIT} if it has another length
   */
  public NetNodeBuilder psk(byte[] key) {
    this.config = config.withPsk(key);
    return this;
  }

  /** Where to listen; port 0 for any that is free. */
  public NetNodeBuilder bind(InetSocketAddress address) {
    this.config = config.withBindAddress(address);
    return this;
  }

  /**
   * Who the node is, its X25519 key included; goes before a key store and a seed in the
   * configuration.
   */
  public NetNodeBuilder identity(EntityKeyPair keyPair) {
    this.identity = keyPair;
    return this;
  }

  /** Where the node's identity is kept; goes before a seed in the configuration. */
  public NetNodeBuilder keyStore(KeyStore store) {
    this.keyStore = store;
    return this;
  }

  /** Below which directory logs are kept that are to be on disk; it belongs to this node alone. */
  public NetNodeBuilder logs(Path directory) {
    this.logs = directory;
    return this;
  }

  /** Who chooses the members of replicated logs that are not pinned, in place of the node. */
  public NetNodeBuilder placement(ReplicaPlacement chooser) {
    this.placement = chooser;
    return this;
  }

  /**
   * Makes the node and binds its socket. It is not started yet.
   *
   * @throws NetException {@link NetError#MESH_INIT} without a pre-shared key, or if the address
   *     cannot be bound; {@link NetError#IDENTITY} if the key store's content is not an identity,
   *     which is left as it is
   * @throws RedexException {@link RedexError#IO} if the directory of logs cannot be used, or is in
   *     use
   */
  public NetNode build() {
    if (config.psk() == null) {
      throw new NetException(NetError.MESH_INIT, "there is no pre-shared key");
    }
    return NetNodeRuntime.open(
        new NodeSettings(config, identity(), logs, placement), NetTransport::open);
  }

  private EntityKeyPair identity() {
    if (identity != null) {
      return identity;
    }
    byte[] seed = config.identitySeed();
    try {
      SecureRandom random = new SecureRandom();
      if (keyStore != null) {
        return EntityKeyPair.loadOrCreate(keyStore, random);
      }
      return seed != null ? EntityKeyPair.ofSeed(seed) : EntityKeyPair.generate(random);
    } catch (CryptoException e) {
      throw new NetException(
          NetError.IDENTITY, "the key store cannot be used: " + e.getMessage(), e);
    }
  }
}
