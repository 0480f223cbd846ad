// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.transport.net.StreamOptions.WhenFull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a publish is sent. Immutable.
 *
 * @param reliable whether each subscriber's copy is repeated until acknowledged; null for what the
 *     channel's configuration says. A reliable publish makes those that follow it to the same
 *     subscriber in the same session reliable, too, since the wire keeps them in order
 *     (docs/wire/net-streams.md, "Sending")
 * @param whenFull what to do about a subscriber that has no room
 * @param maxWait how long a publish waits for all such subscribers together at most
 */
public record PublishOptions(@Nullable Boolean reliable, WhenFull whenFull, Duration maxWait) {
  private static final PublishOptions DEFAULTS =
      new PublishOptions(null, WhenFull.BLOCK, Duration.ofSeconds(30));

  /** As the channel says, waiting up to 30 s for subscribers that have no room. */
  public static PublishOptions defaults() {
    return DEFAULTS;
  }

  /** The same, reliable or not whatever the channel says, as far as earlier publishes allow. */
  public PublishOptions withReliable(boolean value) {
    return new PublishOptions(value, whenFull, maxWait);
  }

  /** The same with another way to deal with subscribers that have no room. */
  public PublishOptions withWhenFull(WhenFull value) {
    return new PublishOptions(reliable, value, maxWait);
  }

  /** The same with another limit to waiting. */
  public PublishOptions withMaxWait(Duration value) {
    return new PublishOptions(reliable, whenFull, value);
  }
}
