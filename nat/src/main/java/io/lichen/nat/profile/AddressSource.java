// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.profile;

/** Who says how a node is seen from outside, the most trustworthy first. */
public enum AddressSource {
  /** A gateway that has opened this port. */
  GATEWAY,
  /** STUN servers. */
  STUN,
  /** A peer, from the datagrams that it got. */
  PEER,
  /** A peer, from the host of its session and the port at which this node says it listens. */
  CLAIM,
  /** The socket is bound to it. */
  LISTENER
}
