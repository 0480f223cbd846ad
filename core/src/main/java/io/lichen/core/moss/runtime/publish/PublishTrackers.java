// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.PublishReport;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.work.Completions;
import io.lichen.gossipsub.PublishedMessage;
import io.lichen.transport.moss.SendResult;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The trackers of messages on their way through the {@link PublishRing}, and so bounded as that is.
 * A publish that is not tracked costs one look whether there are any.
 */
public final class PublishTrackers {
  private final Map<PublishedMessage, PublishTracker> waiting = new ConcurrentHashMap<>();
  private final Completions completions;
  private volatile boolean closed;
  private @Nullable PublishTracker current;

  public PublishTrackers(Completions completions) {
    this.completions = completions;
  }

  /** A message is about to enter the ring; any thread. */
  void add(PublishedMessage message, PublishTracker tracker) {
    waiting.put(message, tracker);
    if (closed) {
      close();
    }
  }

  /** The engine is about to send this message; the node's loop only. */
  void begin(PublishedMessage message) {
    current = waiting.isEmpty() ? null : waiting.remove(message);
  }

  /** A session has been given what is being sent; the node's loop only. */
  void sent(PeerLink link, SendResult result) {
    if (current != null) {
      current.sent(link, result);
    }
  }

  /** The engine has sent this message; the node's loop only. */
  void end(PublishedMessage message) {
    PublishTracker tracker = current;
    if (tracker != null) {
      current = null;
      PublishReport report = tracker.finish(message.messageId());
      completions.run(() -> tracker.report().complete(report));
    }
  }

  /** The loop has ended: what is still waiting is not sent any more. */
  public void close() {
    closed = true;
    waiting
        .values()
        .removeIf(
            tracker -> {
              completions.run(() -> tracker.report().completeExceptionally(stopped()));
              return true;
            });
  }

  private static MossException stopped() {
    return new MossException(MossError.NOT_STARTED, "the node was stopped");
  }
}
