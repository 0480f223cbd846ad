// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.crypto.ChannelName;
import org.jspecify.annotations.Nullable;

/**
 * A message of subprotocol 0x0A00, one event each (docs/wire/net-channels.md, "Membership").
 * Immutable.
 */
public sealed interface Membership {
  /** The subprotocol's id, and its stream's. */
  int SUBPROTOCOL = 0x0A00;

  /** The number by which request and answer find each other. */
  long nonce();

  /** A request to publishers. */
  sealed interface Request extends Membership {
    /** The channel. */
    ChannelName channel();
  }

  /**
   * Asks for what is published on a channel.
   *
   * @param channel the channel
   * @param nonce chosen by the subscriber
   * @param chain the octets of a token chain, not looked at yet, or null
   * @param group the queue group to join, or null for none; at most 255 octets of UTF-8
   */
  record Subscribe(ChannelName channel, long nonce, byte @Nullable [] chain, @Nullable String group)
      implements Request {}

  /**
   * Ends a subscription.
   *
   * @param channel the channel
   * @param nonce chosen by the subscriber
   */
  record Unsubscribe(ChannelName channel, long nonce) implements Request {}

  /**
   * The publisher's answer.
   *
   * @param nonce the request's
   * @param accepted whether the request was granted
   * @param reason why not
   */
  record Ack(long nonce, boolean accepted, AckReason reason) implements Membership {}
}
