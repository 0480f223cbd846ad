// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

/** Why an announcement was dropped. */
public enum AnnouncementDrop {
  /** It came from no peer. */
  STRANGER,
  /** Its peer sends too many. */
  FLOOD,
  /** It is none. */
  MALFORMED,
  /** It says that it is its peer's own, but names another node. */
  IMPERSONATION,
  /** It is this node's own. */
  OWN,
  /** It has come before, or is being looked at. */
  COPY,
  /** Nobody has signed it. */
  UNSIGNED,
  /** The node is not its entity's. */
  WRONG_ENTITY,
  /** Too many signatures are waiting to be looked at. */
  BUSY,
  /** The signature does not hold. */
  BAD_SIGNATURE,
  /** The peer is known to be another entity. */
  PIN_CONFLICT,
  /** The node has said something newer. */
  OLD
}
