// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.channel.ChannelName;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * To which channels of which publishers this node subscribes: what a stream's number means when
 * events come on it; loop only. As large as the application makes it, up to a bound.
 */
final class Subscriptions {
  /** Subscriptions of this node. */
  static final int MAX = 65_536;

  private final LongObjectMap<LongObjectMap<ChannelName>> byPublisher = new LongObjectHashMap<>();
  private int size;

  /** Notes a subscription; answers false if there are too many. */
  boolean add(long publisher, ChannelName channel) {
    if (size >= MAX) {
      return false;
    }
    LongObjectMap<ChannelName> channels = byPublisher.get(publisher);
    if (channels == null) {
      channels = new LongObjectHashMap<>();
      byPublisher.put(publisher, channels);
    }
    size += channels.put(channel.publishStreamId(), channel) == null ? 1 : 0;
    return true;
  }

  /** A subscription has ended. */
  void remove(long publisher, ChannelName channel) {
    LongObjectMap<ChannelName> channels = byPublisher.get(publisher);
    if (channels != null && channels.remove(channel.publishStreamId()) != null) {
      size--;
    }
  }

  /** All subscriptions at a publisher have ended. */
  void removeAll(long publisher) {
    LongObjectMap<ChannelName> channels = byPublisher.remove(publisher);
    size -= channels == null ? 0 : channels.size();
  }

  /** The channel that is published on this stream, if this node subscribes to it there. */
  @Nullable String channel(long publisher, long streamId) {
    LongObjectMap<ChannelName> channels = byPublisher.get(publisher);
    ChannelName channel = channels == null ? null : channels.get(streamId);
    return channel == null ? null : channel.text();
  }

  int size() {
    return size;
  }
}
