// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.netty.channel.Channel;

/** Small things done to channels. */
final class Channels {
  private Channels() {}

  /** Closes a channel and looks away: a socket that cannot even be closed is no longer of use. */
  @SuppressWarnings("FutureReturnValueIgnored") // See above: there is nothing to do about it.
  static void close(Channel channel) {
    channel.close();
  }
}
