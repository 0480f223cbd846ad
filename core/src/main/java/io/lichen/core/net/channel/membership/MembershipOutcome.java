// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

/** How a request to a publisher ended. */
public enum MembershipOutcome {
  /** The publisher agreed. */
  ACCEPTED,
  /** It does not permit it. */
  UNAUTHORIZED,
  /** It has no such channel. */
  UNKNOWN_CHANNEL,
  /** It refused too much lately to look at it. */
  RATE_LIMITED,
  /** This node has all the channels there that it may have. */
  TOO_MANY_CHANNELS,
  /** It does not know who this node is, even after a proof was tried. */
  IDENTITY_NOT_ESTABLISHED,
  /** It refused for no reason. */
  REFUSED,
  /** It did not answer in time. */
  TIMED_OUT,
  /** The session with it ended. */
  PEER_GONE,
  /** This node waits for too many answers; nothing was sent. */
  TOO_MANY_PENDING;

  static MembershipOutcome of(Membership.Ack ack) {
    if (ack.accepted()) {
      return ACCEPTED;
    }
    return switch (ack.reason()) {
      case NONE -> REFUSED;
      case UNAUTHORIZED -> UNAUTHORIZED;
      case UNKNOWN_CHANNEL -> UNKNOWN_CHANNEL;
      case RATE_LIMITED -> RATE_LIMITED;
      case TOO_MANY_CHANNELS -> TOO_MANY_CHANNELS;
      case IDENTITY_NOT_ESTABLISHED -> IDENTITY_NOT_ESTABLISHED;
    };
  }
}
