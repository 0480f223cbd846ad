// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import io.lichen.core.moss.discovery.Endpoint;
import java.util.List;

/**
 * What a tracker answers.
 *
 * @param peers who else announced itself, as said: port 0 is possible, and so is this node
 * @param intervalSec after which the tracker wants to hear again, 0 if it did not say
 * @param minIntervalSec before which it does not want to hear again, 0 if it did not say
 */
public record AnnounceResponse(List<Endpoint> peers, long intervalSec, long minIntervalSec) {
  /** Peers taken from one answer. */
  public static final int MAX_PEERS = 200;

  /** Copies the list. */
  public AnnounceResponse {
    peers = List.copyOf(peers);
  }
}
