// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.crypto.entity.EntityId;
import io.lichen.transport.net.StreamOptions;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * A node of a Net mesh: encrypted sessions with peers over one UDP socket, and on them streams,
 * channels, routes to nodes further away, and what nodes tell of their capabilities. Thread-safe;
 * callbacks run off the network threads and may call every method of the node, {@link #close}
 * included.
 *
 * <p>Methods that can fail throw {@link NetException}, whose {@link NetError} carries the native
 * code; the {@code …Async} variants complete exceptionally with the same.
 */
public interface NetNode extends AutoCloseable {
  /** Describes a node; {@link NetNodeBuilder#build} binds its socket. */
  static NetNodeBuilder builder() {
    return new NetNodeBuilder();
  }

  /** This node's id: the number by which peers know it. */
  long nodeId();

  /** Who this node is: its Ed25519 public key. */
  EntityId entityId();

  /**
   * A copy of the 32-byte X25519 key that whoever dials this node must know. It follows from the
   * node's identity: a node that keeps that keeps this, too.
   */
  byte[] publicKey();

  /** The bound address. */
  InetSocketAddress address();

  /**
   * Waits for one peer's direct handshake, from any address; before {@link #start} only. Several
   * may wait at once.
   *
   * @param peerNodeId the id of the peer that will dial
   * @throws NetException {@link NetError#MESH_HANDSHAKE} if none came within all attempts, or the
   *     node was started
   */
  PeerInfo accept(long peerNodeId);

  /** {@link #accept} without blocking. */
  CompletableFuture<PeerInfo> acceptAsync(long peerNodeId);

  /**
   * Opens a session to a peer: with the handshake that a started node answers, and if none does,
   * with the one for a peer that waits in {@link #accept}.
   *
   * @param address where the peer is
   * @param publicKey the peer's 32-byte X25519 key
   * @param peerNodeId the peer's node id
   * @throws NetException {@link NetError#MESH_HANDSHAKE} if nobody answered who has that key, the
   *     same pre-shared key and that id; {@link NetError#INVALID_ARGUMENT} for this very node, a
   *     key of another length or an address that is not resolved
   */
  PeerInfo connect(InetSocketAddress address, byte[] publicKey, long peerNodeId);

  /** {@link #connect} without blocking. */
  CompletableFuture<PeerInfo> connectAsync(
      InetSocketAddress address, byte[] publicKey, long peerNodeId);

  /**
   * Opens a session to a started peer that only a relay can reach. Every packet of the session
   * crosses the relay, which sees none of the content.
   *
   * @param relay the address of a started node that has, or will get, a route to the peer
   * @throws NetException as {@link #connect}
   */
  PeerInfo connectVia(InetSocketAddress relay, byte[] publicKey, long peerNodeId);

  /** {@link #connectVia} without blocking. */
  CompletableFuture<PeerInfo> connectViaAsync(
      InetSocketAddress relay, byte[] publicKey, long peerNodeId);

  /**
   * From now on handshakes of anybody who has the pre-shared key are answered, heartbeats are sent
   * and judged, and packets for others are passed on. Idempotent.
   */
  void start();

  /** Whether it was started, and is not closed. */
  boolean isStarted();

  /** The peers with which there is a session, as they are now. */
  List<PeerInfo> peers();

  /** The peer with this id, if there is a session with it. */
  Optional<PeerInfo> peer(long nodeId);

  /**
   * Round-trip times to nodes, peers and others, by their ids: twice the time that their pingwaves
   * take to here, smoothed. What depends on clocks that disagree is not among them.
   */
  Map<Long, Duration> roundTrips();

  /** Ends the session with a peer on this side; nothing happens if there is none. */
  void disconnect(long nodeId);

  /**
   * News of peers, to each subscriber one at a time and in order; 1024 wait at most, then the
   * oldest goes, counted as {@code peer_events.dropped}. Completes when the node closes.
   */
  Flow.Publisher<PeerEvent> peerEvents();

  /**
   * News of streams of all peers: their ends, and what went missing on them. Comes to each
   * subscriber in order, but beside {@link #events}, ahead of them or behind; 1024 wait at most,
   * then the oldest goes, counted as {@code stream_events.dropped}. Completes when the node closes.
   */
  Flow.Publisher<StreamEvent> streamEvents();

  /** The channels that this node publishes on, and those of its peers that it subscribes to. */
  NetChannels channels();

  /** The permission tokens that this node issues and holds. */
  NetTokens tokens();

  /** What nodes of the mesh have. */
  NetCapabilities capabilities();

  /** What this node is behind, and sessions through that. */
  NetNat nat();

  /** The logs that this node keeps. */
  NetLogs logs();

  /**
   * The stream with this id to a peer. Nothing is sent to open it; of several opens the first
   * options count.
   *
   * @throws NetException {@link NetError#MESH_NOT_CONNECTED} without a session
   */
  PeerStream openStream(long peerNodeId, long streamId, StreamOptions options);

  /**
   * Events that come in, of all streams and channels. Every subscriber gets each of them once, from
   * its subscription on; an event that nobody subscribes to is dropped and counted. Completes when
   * the node closes.
   *
   * @param options how they wait for each subscriber
   */
  Flow.Publisher<NetEvent> events(DeliveryOptions options);

  /** {@link #events(DeliveryOptions)} that loses nothing: senders wait. */
  default Flow.Publisher<NetEvent> events() {
    return events(DeliveryOptions.defaults());
  }

  /**
   * Lets something ride on the sessions of this node.
   *
   * @throws NetException {@link NetError#INVALID_ARGUMENT} if its id is taken, or the node's own
   */
  SubprotocolLink register(Subprotocol subprotocol);

  /** Counts since the node was made. */
  NetStats stats();

  /** The node's metrics, for any Micrometer registry. */
  MeterBinder metrics();

  /**
   * Ends all sessions, waits for threads (except when called from a callback) and releases
   * everything; peers are not told. Idempotent: of several callers at once each returns when the
   * node is closed.
   */
  @Override
  void close();
}
