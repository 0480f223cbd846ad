// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.publish;

import io.lichen.core.moss.PublishReport;
import io.lichen.core.moss.PublishReport.Outcome;
import io.lichen.core.moss.runtime.channel.ChannelRoute;
import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.SendResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Notes what becomes of one publish for each peer: first the publisher's, then, once the message is
 * in the {@link PublishRing}, the node's loop's.
 */
final class PublishTracker {
  private final CompletableFuture<PublishReport> report = new CompletableFuture<>();
  private final Map<PeerId, Outcome> outcomes = new LinkedHashMap<>();
  private PeerLink[] expected = ChannelRoute.nobody();

  /** The answer to the application. */
  CompletableFuture<PublishReport> report() {
    return report;
  }

  /** Who would get the message as the publish begins, before it waits for anyone. */
  void expect(PeerLink @Nullable [] targets) {
    expected = targets == null ? ChannelRoute.nobody() : targets;
  }

  /** Whether there was anyone. */
  boolean expectsAnyone() {
    return expected.length > 0;
  }

  /** The message was handed to a peer's session. */
  void sent(PeerLink link, SendResult result) {
    outcomes.put(
        link.peer(),
        switch (result) {
          case QUEUED -> link.isCongested() ? Outcome.QUEUED : Outcome.SENT;
          case OVERFLOW -> Outcome.DROPPED;
          case TOO_LARGE -> Outcome.TOO_LARGE;
          case CLOSED -> lost(link);
        });
  }

  /** It has been handed to everyone it goes to: those who are left out have gone. */
  PublishReport finish(String messageId) {
    for (PeerLink link : expected) {
      outcomes.putIfAbsent(link.peer(), lost(link));
    }
    return new PublishReport(messageId, outcomes);
  }

  private static Outcome lost(PeerLink link) {
    return link.isShed() ? Outcome.SHED : Outcome.GONE;
  }
}
