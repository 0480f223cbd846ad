// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import io.lichen.core.net.NetNat;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PublishReport;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program steers through {@link NetLineSession}. Every method returns when it is done;
 * refusals are {@link io.lichen.core.net.NetException}s, whose code goes into the reply.
 */
public interface NetTarget {
  /** Waits for a node that will dial. */
  PeerInfo accept(long nodeId);

  /** Dials a node. */
  void connect(InetSocketAddress address, byte[] publicKey, long nodeId);

  /** Makes a session with a node behind the relay at an address. */
  void connectVia(InetSocketAddress relay, byte[] publicKey, long nodeId);

  /** Takes part in the mesh from now on. */
  void start();

  /** Configures a channel of this node; the configuration has the native's keys. */
  void channel(String name, String configJson);

  /**
   * Subscribes at a publisher.
   *
   * @param token one token or a chain of them, {@code null} for none
   */
  void subscribe(long publisher, String channel, byte @Nullable [] token, @Nullable String group);

  /** Unsubscribes at a publisher. */
  void unsubscribe(long publisher, String channel);

  /** Publishes; {@code null} leaves it to the channel whether reliably. */
  PublishReport publish(String channel, byte[] data, @Nullable Boolean reliable);

  /** Opens a stream. */
  void openStream(long peer, long stream, boolean reliable, int windowBytes);

  /** Sends events on a stream that was opened. */
  void send(long peer, long stream, List<byte[]> events);

  /** Announces what this node has and can; in the native's JSON form. */
  void announce(String capabilitiesJson);

  /** The nodes that match a filter in the native's JSON form. */
  Collection<Long> find(String filterJson);

  /** Signs a token. */
  byte[] issueToken(TokenRequest request);

  /** What the node is behind, and sessions through that. */
  NetNat nat();

  /** The peers now. */
  List<PeerInfo> peers();

  /** Counts. */
  NetStats stats();

  /**
   * What a token is to permit.
   *
   * @param subject the 32-byte entity id of who may use it
   * @param scope {@code publish}, {@code subscribe}, {@code admin}, {@code delegate}
   * @param channel on which channel
   * @param ttlSeconds for how long from now
   * @param delegationDepth how often it may be passed on
   */
  record TokenRequest(
      byte[] subject, List<String> scope, String channel, int ttlSeconds, int delegationDepth) {}
}
