// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.topic;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.runtime.channel.MessageKeeper;
import io.lichen.core.topic.engine.KeptTopic;
import io.lichen.core.topic.engine.TopicRecord;
import io.lichen.core.work.LogLimiter;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.redex.RedexException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends what is published and delivered on one channel to the channel's log. */
final class TopicKeeper implements MessageKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(TopicKeeper.class);

  private final String channel;
  private final KeptTopic topic;
  private final MossTopicCodec codec;
  private final LogLimiter log;

  TopicKeeper(String channel, KeptTopic topic, MossTopicCodec codec, LogLimiter log) {
    this.channel = channel;
    this.topic = topic;
    this.codec = codec;
    this.log = log;
  }

  @Override
  public void keepOwn(PublishedMessage message, byte[] data) {
    try {
      append(message, data);
    } catch (RedexException e) {
      throw new MossException(
          MossError.INTERNAL,
          "not published, because the log of channel '%s' cannot take it: %s"
              .formatted(channel, e.getMessage()),
          e);
    }
  }

  @Override
  public void keepDelivered(PublishedMessage message, byte[] data) {
    try {
      append(message, data);
    } catch (RedexException e) {
      if (log.permits()) {
        LOG.warn(
            "The log of channel {} cannot take a message: {} ({} similar lines held back)",
            channel,
            e.getMessage(),
            log.takeSuppressed());
      }
    }
  }

  private void append(PublishedMessage message, byte[] data) {
    TopicRecord record = codec.record(message, data, System.currentTimeMillis());
    if (record == null) {
      topic.topicLog().counters().refused.increment();
    } else {
      topic.topicLog().append(record);
    }
  }

  @Override
  public void end() {
    topic.close();
  }
}
