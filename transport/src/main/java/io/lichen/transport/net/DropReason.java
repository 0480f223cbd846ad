// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import java.util.Locale;

/**
 * Why something that came in was dropped without an answer (docs/wire/net-transport.md, "Drops").
 * Low-cardinality, fit for a metric tag.
 */
public enum DropReason {
  /** A datagram that is of no class. */
  UNKNOWN_CLASS,
  /** A protected route-hop envelope: this node holds no gateway credential. */
  ROUTE_HOP,
  /** A packet whose header is not valid. */
  BAD_HEADER,
  /** A length that does not fit what the header says. */
  BAD_LENGTH,
  /** No session has this id. */
  UNKNOWN_SESSION,
  /** Did not authenticate. */
  NOT_AUTHENTIC,
  /** Was seen before, or is too old to tell. */
  REPLAYED,
  /** Event frames that are cut short. */
  BAD_FRAMES,
  /** A stream control message that does not decode. */
  BAD_CONTROL,
  /** A packet of a stream that was refused: copy, out of the window, or no room to hold it. */
  STREAM_REFUSED,
  /** A handshake message that nobody is waiting for. */
  HANDSHAKE_UNEXPECTED,
  /** A handshake message that does not authenticate: another pre-shared key, id or static key. */
  HANDSHAKE_NOT_AUTHENTIC,
  /** A handshake message of a wrong length, or one that claims another sender. */
  HANDSHAKE_MALFORMED,
  /** A first handshake message that has been answered before. */
  HANDSHAKE_REPLAYED,
  /** A handshake that may not replace the session that there is. */
  HANDSHAKE_REFUSED,
  /** More handshakes than are answered in a second, from one place or in all. */
  HANDSHAKE_RATE,
  /** No room for a further session. */
  TABLE_FULL,
  /** A routed packet whose hops are used up. */
  HOPS_EXHAUSTED,
  /** A routed packet for a node to which no route is known. */
  NO_ROUTE,
  /** A routed packet that would go back where it came from. */
  ROUTE_BACK,
  /** A routed packet of this very node. */
  ROUTE_LOOP,
  /** A message about direct paths that does not decode, or that is of no use. */
  PATH_REFUSED,
  /** Could not be handed to the socket. */
  SEND_FAILED,
  /** The listener threw. */
  LISTENER_FAILED;

  /** As a metric tag: lower case. */
  public String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
