// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/**
 * What is behind a WebSocket route. The calls for one peer come one after the other on virtual
 * threads and may block; then that peer's further messages wait in its connection. An exception
 * closes the peer with 1011.
 */
public interface WebSocketHandler {
  /** The peer is there. First call for a peer. */
  default void onOpen(WebSocketPeer peer) throws Exception {}

  /** The peer has sent something. */
  void onMessage(WebSocketPeer peer, WebSocketMessage message) throws Exception;

  /**
   * The peer is gone, for whichever reason, and is in no channel any more. Last call for a peer,
   * exactly once.
   *
   * @param code as in RFC 6455 section 7.4; 1006 when the connection broke
   */
  default void onClose(WebSocketPeer peer, int code, String reason) throws Exception {}
}
