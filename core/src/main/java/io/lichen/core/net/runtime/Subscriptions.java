// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.crypto.ChannelName;
import io.netty.util.collection.LongObjectHashMap;
import io.netty.util.collection.LongObjectMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * To which channels of which publishers this node subscribes: what a stream's number means when
 * events come on it; loop only. As large as the application makes it, up to a bound.
 */
final class Subscriptions {
  /** Subscriptions of this node. */
  static final int MAX = 65_536;

  /** A channel of a publisher: asked for, granted, or both. */
  static final class Entry {
    private final ChannelName channel;
    private boolean granted;
    private int questions;

    private Entry(ChannelName channel) {
      this.channel = channel;
    }
  }

  private final LongObjectMap<LongObjectMap<Entry>> byPublisher = new LongObjectHashMap<>();
  private int size;

  /** A publisher is asked for a channel; answers null if there are too many. */
  @Nullable Entry asked(long publisher, ChannelName channel) {
    LongObjectMap<Entry> channels = byPublisher.get(publisher);
    Entry entry = channels == null ? null : channels.get(channel.publishStreamId());
    if (entry == null) {
      if (size >= MAX) {
        return null;
      }
      entry = new Entry(channel);
      if (channels == null) {
        channels = new LongObjectHashMap<>();
        byPublisher.put(publisher, channels);
      }
      channels.put(channel.publishStreamId(), entry);
      size++;
    }
    entry.questions++;
    return entry;
  }

  /**
   * A question is answered. A refusal takes nothing away that was granted before, nor what another
   * question may still bring.
   */
  void answered(long publisher, Entry entry, boolean isGranted) {
    entry.granted |= isGranted;
    entry.questions--;
    LongObjectMap<Entry> channels = byPublisher.get(publisher);
    boolean isOver = !entry.granted && entry.questions == 0;
    if (isOver && channels != null && channels.get(entry.channel.publishStreamId()) == entry) {
      remove(publisher, entry.channel);
    }
  }

  /** A subscription has ended. */
  void remove(long publisher, ChannelName channel) {
    LongObjectMap<Entry> channels = byPublisher.get(publisher);
    if (channels != null && channels.remove(channel.publishStreamId()) != null) {
      size--;
      if (channels.isEmpty()) {
        byPublisher.remove(publisher);
      }
    }
  }

  /** All subscriptions at a publisher have ended. */
  void removeAll(long publisher) {
    LongObjectMap<Entry> channels = byPublisher.remove(publisher);
    size -= channels == null ? 0 : channels.size();
  }

  /** The channel that is published on this stream, if this node subscribes to it there. */
  @Nullable String channel(long publisher, long streamId) {
    LongObjectMap<Entry> channels = byPublisher.get(publisher);
    Entry entry = channels == null ? null : channels.get(streamId);
    return entry == null ? null : entry.channel.text();
  }

  /** What was granted, by publisher. */
  Map<Long, SortedSet<String>> granted() {
    Map<Long, SortedSet<String>> found = new TreeMap<>(Long::compareUnsigned);
    byPublisher.forEach(
        (publisher, channels) -> {
          SortedSet<String> names = new TreeSet<>();
          channels.values().stream()
              .filter(entry -> entry.granted)
              .forEach(entry -> names.add(entry.channel.text()));
          if (!names.isEmpty()) {
            found.put(publisher, names);
          }
        });
    return found;
  }

  int size() {
    return size;
  }
}
