// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

/** Why a pingwave was dropped. */
public enum PingwaveDrop {
  /** It is none. */
  MALFORMED,
  /** It has the form of 24 octets, which mesh nodes do not speak. */
  SHORT_FORM,
  /** It did not come from the address of a connected peer. */
  STRANGER,
  /** Its peer sends too many. */
  PEER_FLOOD,
  /** It is this node's own. */
  OWN,
  /** It was passed on too often. */
  TOO_FAR,
  /** It says that its peer is its origin where that cannot be, or the other way round. */
  CONTRADICTORY,
  /** It has come before. */
  COPY,
  /** Its origin sends too many. */
  ORIGIN_FLOOD
}
