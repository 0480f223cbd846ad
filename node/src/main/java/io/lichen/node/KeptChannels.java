// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossNode;
import io.lichen.core.topic.DurableTopic;
import io.lichen.core.topic.TopicMessage;
import io.lichen.core.topic.TopicOptions;
import io.lichen.core.topic.TopicReader;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels of a node's own room that are kept in logs below one directory, and what shows their
 * messages as they get there: from the logs, so that each is shown once, fetched ones too.
 */
final class KeptChannels implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptChannels.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  /** Shows a message of a channel. */
  @FunctionalInterface
  interface Display {
    void show(String channel, TopicMessage message);
  }

  private final @Nullable Path directory;
  private final List<String> channels;
  private final List<RedexFile> logs = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();
  private @Nullable Redex redex;

  /**
   * Describes them; nothing is opened yet.
   *
   * @param directory where the logs are; null if there are no channels
   */
  KeptChannels(@Nullable Path directory, List<String> channels) {
    this.directory = directory;
    this.channels = List.copyOf(channels);
  }

  List<String> names() {
    return channels;
  }

  /** Whether a channel of the own room is among them. */
  boolean has(String channel) {
    return channels.contains(channel);
  }

  /**
   * Opens the logs and keeps the channels of a node that has not started.
   *
   * @throws RedexException if a log cannot be opened
   */
  void open(MossNode node, Display display) {
    if (directory == null || channels.isEmpty()) {
      return;
    }
    Redex opened = Redex.open(directory);
    redex = opened;
    for (String channel : channels) {
      String name = LogName.of(channel);
      RedexFile log = opened.open(name, RedexConfig.onDisk());
      logs.add(log);
      Path cursors = directory.resolve("cursors-" + LogName.fileName(name));
      DurableTopic topic = node.keep(channel, log, TopicOptions.defaults().withCursorFile(cursors));
      TopicReader reader = topic.readLive();
      readers.add(
          Thread.ofPlatform()
              .name("lichen-reader")
              .daemon(true)
              .start(() -> show(channel, reader, display)));
    }
  }

  private static void show(String channel, TopicReader reader, Display display) {
    try (reader) {
      while (!reader.isAtEnd()) {
        TopicMessage message = reader.next(LOOK);
        if (message != null) {
          display.show(channel, message);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RedexException e) {
      LOG.warn("Channel {} is no longer shown: {}", channel, e.getMessage());
    }
  }

  /** Closes the logs of a node that has stopped, when all that is in them was shown. */
  @Override
  public void close() {
    logs.forEach(RedexFile::close);
    try {
      for (Thread reader : readers) {
        reader.join(LAST_WORDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (redex != null) {
      redex.close();
    }
  }
}
