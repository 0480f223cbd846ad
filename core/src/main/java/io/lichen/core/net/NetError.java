// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

/**
 * The stable error codes of the mesh calls of Net's C API (docs/api/net.md, "Error codes"). The
 * event bus and other families have tables of their own, in which some numbers mean something else.
 */
public enum NetError {
  /** No error. */
  OK(0),
  /** A text is not valid UTF-8. */
  INVALID_UTF8(-2),
  /** A configuration or an argument is invalid. */
  INVALID_JSON(-3),
  /** The node is closed. */
  SHUTTING_DOWN(-8),
  /** An object of another node. */
  MISMATCHED_HANDLES(-10),
  /** An argument was understood and cannot be used. */
  INVALID_ARGUMENT(-12),
  /** A fault of this program. */
  UNKNOWN(-99),
  /** The node could not be made: its socket, key or address. */
  MESH_INIT(-110),
  /** No session came about. */
  MESH_HANDSHAKE(-111),
  /** No room for what was to be sent; nothing of it was taken. */
  MESH_BACKPRESSURE(-112),
  /** There is no session with that peer. */
  MESH_NOT_CONNECTED(-113),
  /** A stream failed, or an event is larger than the peer can take. */
  MESH_TRANSPORT(-114),
  /** A channel's name or configuration is invalid, or its publisher refused or did not answer. */
  CHANNEL(-115),
  /** The publisher of a channel refused for want of permission. */
  CHANNEL_AUTH(-116),
  /** An identity is invalid. */
  IDENTITY(-120),
  /** A token's bytes, or what it was asked to hold, make no token. */
  TOKEN_INVALID_FORMAT(-121),
  /** A token's signature is not its issuer's. */
  TOKEN_INVALID_SIGNATURE(-122),
  /** A token's time is over. */
  TOKEN_EXPIRED(-123),
  /** A token's time has not come. */
  TOKEN_NOT_YET_VALID(-124),
  /** A token may not be passed on any further. */
  TOKEN_DELEGATION_EXHAUSTED(-125),
  /** A token may not be passed on at all. */
  TOKEN_DELEGATION_NOT_ALLOWED(-126),
  /** A token does not allow what was asked, or was revoked. */
  TOKEN_NOT_AUTHORIZED(-127),
  /** Capabilities that cannot be announced, or a filter that asks for what does not exist. */
  CAPABILITY(-128),
  /** A peer did not say in time where it sees this node. */
  TRAVERSAL_REFLEX_TIMEOUT(-130),
  /** There is no session with a node that has a part in this, or no address of it. */
  TRAVERSAL_PEER_NOT_REACHABLE(-131),
  /** Handshakes were not answered, or too many attempts are under way. */
  TRAVERSAL_TRANSPORT(-132),
  /** There is no peer that could introduce the two nodes to each other. */
  TRAVERSAL_RENDEZVOUS_NO_RELAY(-133),
  /** The coordinator refused to introduce the two nodes. */
  TRAVERSAL_RENDEZVOUS_REJECTED(-134),
  /** Neither keep-alives nor handshakes got through. */
  TRAVERSAL_PUNCH_FAILED(-135),
  /** No gateway opens a port. */
  TRAVERSAL_PORT_MAP_UNAVAILABLE(-136),
  /** Built without NAT traversal; Lichen never is. */
  TRAVERSAL_UNSUPPORTED(-137);

  private final int code;

  NetError(int code) {
    this.code = code;
  }

  /** The number of the native API. */
  public int code() {
    return code;
  }
}
