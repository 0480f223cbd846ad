// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import io.lichen.transport.net.SendVerdict;
import java.util.Map;

/**
 * What became of a publish for each subscriber that it was meant for. Immutable. Says nothing of
 * what the subscribers do with it.
 *
 * @param attempted subscribers that it was meant for
 * @param errors those that were not sent it, and why; an entry is never {@link SendVerdict#SENT}
 */
public record PublishReport(int attempted, Map<Long, SendVerdict> errors) {
  /** Copies the map. */
  public PublishReport {
    errors = Map.copyOf(errors);
  }

  /** Subscribers whose session took it. */
  public int delivered() {
    return attempted - errors.size();
  }
}
