// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.net.NetNode;
import io.lichen.core.net.topic.NetTopic;
import io.lichen.core.net.topic.NetTopics;
import io.lichen.core.topic.TopicOptions;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The channels that a Net node keeps in logs below one directory; none without one. */
final class KeptNetChannels implements AutoCloseable {
  private final Map<String, NetTopic> topics = new HashMap<>();
  private final @Nullable Redex redex;
  private final @Nullable NetTopics all;

  /**
   * Opens the logs.
   *
   * @throws io.lichen.redex.RedexException if one cannot be opened, or the name is none
   */
  KeptNetChannels(NetNode node, @Nullable Path directory, List<String> channels) {
    if (directory == null || channels.isEmpty()) {
      redex = null;
      all = null;
      return;
    }
    Redex opened = Redex.open(directory);
    NetTopics keeping = NetTopics.on(node);
    redex = opened;
    all = keeping;
    for (String channel : channels) {
      Path cursors = directory.resolve("cursors-" + LogName.fileName(channel));
      TopicOptions options = TopicOptions.defaults().withCursorFile(cursors);
      RedexFile log = opened.open(channel, RedexConfig.onDisk());
      topics.put(channel, keeping.keep(channel, log, options));
    }
  }

  /** The topic of a channel that is kept. */
  Optional<NetTopic> topic(String channel) {
    return Optional.ofNullable(topics.get(channel));
  }

  @Override
  public void close() {
    if (all != null) {
      all.close();
    }
    if (redex != null) {
      redex.close();
    }
  }
}
