// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

/** Why a session ended; low-cardinality, fit for a metric tag. */
public enum CloseReason {
  /** This node was stopped. */
  STOPPED,
  /** The other side closed the connection, or it broke. */
  REMOTE_CLOSED,
  /** A frame that does not authenticate, is too short, or is longer than allowed. */
  BAD_FRAME,
  /** A packet that does not decode as an envelope. */
  BAD_ENVELOPE,
  /** Another session to the same peer was kept instead (duplicate-session rules). */
  DUPLICATE,
  /** The handshake led to this very node. */
  SELF,
  /** The peer table is full. */
  TABLE_FULL,
  /** Too many pings unanswered. */
  UNRESPONSIVE,
  /** The peer did not take what it was sent within the limit and was shed. */
  SLOW,
  /** A write to the socket failed. */
  WRITE_FAILED,
  /** The application asked for it. */
  LOCAL_CLOSED
}
