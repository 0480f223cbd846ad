// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.transport.net.SendVerdict;
import io.lichen.transport.net.StreamOptions;
import io.lichen.transport.net.StreamStats;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A stream to one peer. What is sent on a reliable one arrives once and in the order of the calls
 * of any one thread, or the stream fails visibly. Thread-safe.
 *
 * <p>It belongs to the session in which it was opened. When a new session takes that one's place,
 * sends fail with {@link NetError#MESH_NOT_CONNECTED}, and the stream can be opened again.
 */
public interface PeerStream extends AutoCloseable {
  /** Its id, shared by both directions. */
  long id();

  /** The peer's node id. */
  long peer();

  /** How it was opened: of several opens the first counts. */
  StreamOptions options();

  /**
   * The longest event that the peer is known to take, in bytes: 8104, or 64832 where both ends are
   * Lichen nodes that have announced themselves.
   */
  int maxEventBytes();

  /**
   * Sends events, all or none. Whether it waits when there is no room, and how long, was said when
   * the stream was opened; never waits in a callback of the network.
   *
   * @param events copied; must not be changed during the call
   * @throws NetException {@link NetError#MESH_BACKPRESSURE} if there is no room, also after the
   *     wait; {@link NetError#MESH_TRANSPORT} if an event is larger than {@link #maxEventBytes};
   *     {@link NetError#MESH_NOT_CONNECTED} if the session or the stream has ended
   */
  void send(List<byte[]> events);

  /** {@link #send} for those who do not care for exceptions. */
  SendVerdict offer(List<byte[]> events);

  /**
   * {@link #send} without blocking: the future waits instead. What is sent so keeps its order; at
   * most 4096 calls wait, beyond which the future fails with {@link NetError#MESH_BACKPRESSURE}.
   */
  CompletableFuture<Void> sendAsync(List<byte[]> events);

  /** Counts since the stream was opened. */
  StreamStats stats();

  /** Forgets the stream on this side, dropping what is queued; the peer is not told. Idempotent. */
  @Override
  void close();
}
