// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.child.Driver;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to start a peer. Immutable; the {@code with…} methods make altered copies.
 *
 * @param driver which runtime
 * @param era which generation of the wire
 * @param meshId mesh (era A) or room (era C)
 * @param psk 32 bytes, {@code null} for an open mesh or room
 * @param host the address to listen on
 * @param port the port to listen on, 0 for any
 * @param configJson a JSON object of upstream's keys, laid over one that keeps the peer quiet
 * @param keyStore where the identity is kept, {@code null} for a fresh one
 * @param channels subscribed before the start
 * @param namespace the network namespace to live in, {@code null} for the machine's own
 */
public record PeerSpec(
    Driver driver,
    Era era,
    String meshId,
    byte @Nullable [] psk,
    String host,
    int port,
    String configJson,
    @Nullable Path keyStore,
    List<String> channels,
    @Nullable String namespace) {

  /** A peer on loopback, any port, fresh identity, open mesh. */
  public static PeerSpec of(Driver driver, Era era, String meshId) {
    return new PeerSpec(driver, era, meshId, null, "127.0.0.1", 0, "{}", null, List.of(), null);
  }

  /** In another mesh or room. */
  public PeerSpec withMesh(String id) {
    return new PeerSpec(
        driver, era, id, psk, host, port, configJson, keyStore, channels, namespace);
  }

  /** With a pre-shared key. */
  public PeerSpec withPsk(byte @Nullable [] key) {
    return new PeerSpec(
        driver, era, meshId, key, host, port, configJson, keyStore, channels, namespace);
  }

  /** On another address. */
  public PeerSpec withListen(String address, int number) {
    return new PeerSpec(
        driver, era, meshId, psk, address, number, configJson, keyStore, channels, namespace);
  }

  /** With upstream's keys. */
  public PeerSpec withConfig(String json) {
    return new PeerSpec(driver, era, meshId, psk, host, port, json, keyStore, channels, namespace);
  }

  /** With an identity that outlives the process. */
  public PeerSpec withKeyStore(Path file) {
    return new PeerSpec(
        driver, era, meshId, psk, host, port, configJson, file, channels, namespace);
  }

  /** Subscribed from the start. */
  public PeerSpec withChannels(String... names) {
    return new PeerSpec(
        driver, era, meshId, psk, host, port, configJson, keyStore, List.of(names), namespace);
  }

  /** In a network namespace. */
  public PeerSpec withNamespace(String name) {
    return new PeerSpec(driver, era, meshId, psk, host, port, configJson, keyStore, channels, name);
  }
}
