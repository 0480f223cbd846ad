// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.PublishReport;
import io.lichen.core.topic.DurableTopic;
import io.lichen.redex.RedexException;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a Net node that is kept in a log: what this node publishes by {@link #publish}, and
 * what those publish whom it follows (docs/wire/lichen-extensions.md, "On the Net wire").
 * Thread-safe.
 */
public interface NetTopic extends DurableTopic {
  /**
   * Appends an event to the log, and publishes it as {@link
   * io.lichen.core.net.NetChannels#publish(String, byte[])} does. Whoever keeps the channel and
   * follows this node has it from the log, now or later; other subscribers as ever.
   *
   * @throws NetException {@link NetError#INVALID_ARGUMENT} if it is longer than {@link
   *     #maxEventBytes}; else as publishing does: the event is in the log then
   * @throws RedexException if the log cannot take it: nothing is published then
   */
  PublishReport publish(byte[] event);

  /** The longest event that those who follow can fetch, in bytes. */
  int maxEventBytes();

  /**
   * Subscribes to the channel at a peer and keeps what the peer publishes. If the peer keeps the
   * channel, too, its log is followed from where this node left off in an earlier session or start:
   * each event once, however often either node was away. If not, each event is kept as it is
   * delivered, and what is published in the meantime is missed. Which of both is asked of the peer
   * before: who has not answered ten questions in 3 s keeps nothing. Blocks until it is known.
   *
   * <p>Ends with the session, as the subscription does: who is connected again is to be followed
   * again.
   *
   * @param token as {@link io.lichen.core.net.NetChannels#subscribe(long, String, byte[], String)}
   *     takes it
   * @return whether the peer keeps the channel
   * @throws NetException as subscribing does
   */
  boolean follow(long publisher, byte @Nullable [] token);
}
