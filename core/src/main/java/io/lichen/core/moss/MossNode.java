// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicOptions;
import io.lichen.crypto.PeerId;
import io.lichen.redex.RedexFile;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node of a Moss mesh. Thread-safe; callbacks run off the network threads and may call every
 * method of the node, {@link #stop} and {@link #close} included.
 *
 * <p>Methods that can fail throw {@link MossException}, whose {@link MossError} carries the native
 * code; the {@code …Async} variants complete exceptionally with the same.
 */
public interface MossNode extends AutoCloseable {
  /**
   * Describes a node of this mesh.
   *
   * @param meshId the mesh (era A) or room (era C) to be in; may be empty in era C: a node that
   *     only carries others
   */
  static MossNodeBuilder builder(String meshId) {
    return new MossNodeBuilder(meshId);
  }

  /** Binds the sockets and begins to live; {@link MossError#ALREADY_STARTED} a second time. */
  void start();

  /**
   * Leaves the mesh, closes all sessions, waits for threads (except when called from a callback)
   * and releases everything. A stopped node stays stopped. {@link MossError#NOT_STARTED} if it
   * never ran.
   */
  void stop();

  /** Like {@link #stop}, and silent if there is nothing to stop. */
  @Override
  void close();

  /**
   * Opens a session to {@code host:port}, over TCP or, with the prefix {@code udp://}, over UDP.
   * Blocks up to the handshake timeout. Returns at once if there is a session with that address.
   */
  void connect(String address);

  /** {@link #connect} without blocking. */
  CompletableFuture<Void> connectAsync(String address);

  /**
   * Connects with a peer wherever it is: where it was heard of, by a hole punch that a third node
   * coordinates, or through a relay. The node keeps at it, also after the session has ended, until
   * it stops; how fast is its own matter. {@link MossEvent} tells of the sessions.
   *
   * @return done when there is a session for the first time. Fails with {@link
   *     MossError#CONFIG_INVALID} if it is this node itself, {@link MossError#NOT_STARTED}, or
   *     {@link MossError#OUT_OF_MEMORY} beyond 256 peers
   */
  CompletableFuture<Void> connectToPeer(PeerId peer);

  /**
   * Joins a further room (era C); may be called before {@link #start}. Joining a room again with
   * the same key gives the same membership; with another key the subscriptions move to the new key
   * and the former object counts as left.
   *
   * @param roomId its name
   * @param psk its secret of any length; null or empty for a room that everybody can join who knows
   *     its name
   * @throws MossException {@link MossError#CONFIG_INVALID} if the name is empty or the node's own
   *     mesh id, or in era A, which has no rooms; {@link MossError#OUT_OF_MEMORY} beyond 1024
   *     rooms; {@link MossError#INVALID_HANDLE} on a node that was stopped
   */
  MossRoom joinRoom(String roomId, byte @Nullable [] psk);

  /** {@link #joinRoom(String, byte[])} of a room without a secret. */
  default MossRoom joinRoom(String roomId) {
    return joinRoom(roomId, null);
  }

  /**
   * A room that the node is in: its own under its mesh id and under the empty name, or a joined
   * one.
   *
   * @throws MossException {@link MossError#NOT_IN_ROOM} if it was not joined
   */
  MossRoom room(String roomId);

  /**
   * Takes part in a channel of the node's own room; may be called before {@link #start};
   * idempotent.
   *
   * @throws MossException {@link MossError#INVALID_CHANNEL}, or {@link MossError#INVALID_HANDLE} on
   *     a node that was stopped
   */
  void subscribe(String channel);

  /**
   * {@link #subscribe(String)} with a say in how the messages are queued. On a channel that is
   * subscribed already the options count from the next message on.
   */
  void subscribe(String channel, SubscribeOptions options);

  /**
   * Subscribes to a channel of the node's own room and keeps it: every message, whoever published
   * it, is appended to a log, each once. An own message is there before any peer gets it. What this
   * node missed while it was away it fetches from peers that keep the channel, too
   * (docs/wire/lichen-extensions.md, "Durable topics").
   *
   * <p>{@link #onMessage} gets what is delivered, as without a log; what was fetched only the
   * topic's readers see. A slow callback holds up what is kept: who keeps a channel best reads it
   * by {@link DurableTopic#readFrom}. Ends with the node, or when the room is left.
   *
   * @param log nobody else appends to it; whoever opened it closes it, after the node
   * @throws MossException as {@link #subscribe(String)} does, and {@link MossError#CONFIG_INVALID}
   *     if the channel is kept already
   * @throws io.lichen.redex.RedexException if the log cannot be read
   */
  DurableTopic keep(String channel, RedexFile log, TopicOptions options);

  /**
   * Leaves a channel of the node's own room; idempotent, also for a channel that was never
   * subscribed.
   */
  void unsubscribe(String channel);

  /**
   * Publishes to a channel of the node's own room. Returns when the message has been accepted for
   * every peer it goes to; waits while a peer that it goes to is congested, up to the configured
   * limit, after which that peer is shed.
   *
   * <p>The node's own subscription to the channel receives it too, also when it fails with {@link
   * MossError#NO_PEERS}.
   *
   * @param data 0 bytes up to {@link #maxPublishBytes}; copied
   */
  PublishReceipt publish(String channel, byte[] data);

  /** {@link #publish} without blocking: the future waits instead. */
  CompletableFuture<PublishReceipt> publishAsync(String channel, byte[] data);

  /**
   * {@link #publishAsync} for those who want to know what became of the message for each peer. The
   * future is done when the message has been handed to the session of every peer on the channel; it
   * says nothing of what the peers do with it. Costs more than the others: a map, and a task.
   *
   * <p>It fails with {@link MossError#NO_PEERS} only if nobody was on the channel to begin with; a
   * report of peers that have all gone meanwhile is a report.
   */
  CompletableFuture<PublishReport> publishTracked(String channel, byte[] data);

  /** The largest payload that a receiver with the same limit takes in the own room, in bytes. */
  int maxPublishBytes();

  /**
   * Who receives the messages of subscribed channels: one at a time and in order per channel of a
   * room.
   */
  void onMessage(Consumer<MossMessage> callback);

  /** Who receives the events: one at a time, in order. */
  void onEvent(Consumer<MossEvent> callback);

  /**
   * Takes part in a channel of the node's own room and gives its messages to a listener, besides
   * {@link #onMessage} and other listeners; may be called before {@link #start}. Each call is a
   * subscription of its own: {@link #unsubscribe} does not end it, nor does its end end another.
   *
   * <p>A listener is called as {@link #onMessage}'s receiver is, ahead of it, and shares the
   * channel's queue with it: a slow one holds up the channel. Listeners share the payload, and must
   * not change it.
   *
   * @return ends it; the node's stop does, too
   * @throws MossException as {@link #subscribe(String)} does
   */
  MossSubscription listen(String channel, Consumer<MossMessage> listener);

  /**
   * Tells somebody of the events besides {@link #onEvent}'s receiver and other listeners, after
   * them.
   */
  MossSubscription listenToEvents(Consumer<MossEvent> listener);

  /**
   * Who is told of peers that do not take what they are sent, of their recovery and of their end:
   * one piece of news at a time, in order. 1024 wait at most; the oldest goes, and is counted.
   */
  void onSlowPeer(Consumer<SlowPeer> callback);

  /**
   * Sends data to a node through a relay, past all channels. Opens a session through a relay if
   * there is none; blocks up to the handshake timeout and a second. Nothing tells whether it
   * arrives.
   *
   * <p>To a Lichen node it goes sealed; a native takes it only as it is, readable by the relay. Who
   * does not want that uses {@link #relaySendAsync} and says so.
   *
   * @param data not changed afterwards
   * @return whether it went sealed
   * @throws MossException {@link MossError#RELAY_FAILED} for whatever reason: there is no relay,
   *     the node is connected without one, or it does not answer
   */
  boolean relaySendTo(PeerId target, byte[] data);

  /**
   * {@link #relaySendTo} without blocking.
   *
   * @param sealedOnly whether to fail rather than send what a relay could read
   */
  CompletableFuture<Boolean> relaySendAsync(PeerId target, byte[] data, boolean sealedOnly);

  /**
   * Who receives what others send through relays: one at a time, in order. {@link
   * RelayedData#sealed} tells what can be trusted to be from its sender. 1024 wait at most; the
   * oldest goes, and is counted.
   */
  void onRelay(Consumer<RelayedData> callback);

  /** Who decides about scores. */
  void scoring(ScoringFunction function);

  /** The state of the node now. */
  MeshInfo info();

  /** The peers with which there is a session, sorted by id; none when the node does not run. */
  List<MossPeer> peers();

  /**
   * What this node knows about the whole network; all zeros before the first epoch it heard of, and
   * when it does not run. {@code telemetry.enabled} decides whether it takes part.
   */
  NetworkStats networkStats();

  /** This node's name: its Ed25519 public key. */
  PeerId id();

  /**
   * What NAT the node is behind, by the name that the natives use: {@code unknown}, {@code public},
   * {@code full_cone}, {@code restricted_cone}, {@code port_restricted_cone}, {@code symmetric_nat}
   * or {@code cgnat}.
   */
  String natType();

  /**
   * All that is known of what the node is behind; {@link NatReport#UNKNOWN} when it does not run.
   */
  NatReport natReport();

  /** The node's metrics, for any Micrometer registry. */
  MeterBinder metrics();
}
