// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.time.Duration;

/**
 * The client at the other end of a WebSocket. Thread-safe. Nothing here waits for the network but
 * {@link #awaitRoom}: what is sent goes into a queue of the connection, in order. The queue is
 * bounded ({@link HttpLimits}); a client that lets it fill up is closed with 1013 and counted, its
 * messages are never thinned out.
 */
public interface WebSocketPeer {
  /** 32 hex characters, random, the peer's own. */
  String id();

  /** The request that became this WebSocket: path parameters, query, headers. */
  Request request();

  /** Whether messages can still be sent. */
  boolean isOpen();

  /** Sends a text message; false when the peer is gone. */
  boolean sendText(String text);

  /** Sends a binary message; false when the peer is gone. */
  boolean sendBinary(byte[] data);

  /** Sends a pong; false when the peer is gone. */
  boolean pong(byte[] data);

  /**
   * Waits until the peer's queue is at most half full: for senders of much, who would rather wait
   * than see the peer closed.
   *
   * @return false when the peer is gone or {@code timeout} is over
   */
  boolean awaitRoom(Duration timeout) throws InterruptedException;

  /**
   * From now on what is published to {@code channel} goes to this peer, once. Handlers that
   * subscribe on a client's word bound how often they do: here it is as many as they like.
   */
  void subscribe(String channel);

  /** Ends {@link #subscribe}. */
  void unsubscribe(String channel);

  /**
   * Sends a text to every subscriber of a channel of this server, to this peer only if it is one.
   */
  void publish(String channel, String text);

  /** {@link #publish} for bytes. */
  void publishBinary(String channel, byte[] data);

  /**
   * Closes after what has been sent.
   *
   * @param code as in RFC 6455 section 7.4
   */
  void close(int code, String reason);
}
