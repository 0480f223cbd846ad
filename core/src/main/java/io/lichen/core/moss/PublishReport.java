// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of a publish for each peer that it was meant for (see {@link
 * MossNode#publishTracked}). Immutable.
 *
 * @param messageId the id under which the mesh knows it, 64 hex characters
 * @param peers what became of it for each connected peer on the channel
 */
public record PublishReport(String messageId, Map<PeerId, Outcome> peers) {
  /** What became of a copy of the message. */
  public enum Outcome {
    /** The session took it, with little in front of it: it is on its way to the socket. */
    SENT,
    /** The session took it, but the peer is behind: 1 MiB or more waits to be sent to it. */
    QUEUED,
    /**
     * The session did not take it, because 16 MiB wait to be sent to the peer. The peer is offered
     * it by id, and may ask for it later.
     */
    DROPPED,
    /** The message does not fit the carrier of the session. */
    TOO_LARGE,
    /** The peer was given up for being slow, by this publish or another. */
    SHED,
    /** The peer left, or left the channel, before it was its turn. */
    GONE
  }

  /** Copies the map. */
  public PublishReport {
    peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
  }

  /** For how many peers this became of it. */
  public int count(Outcome outcome) {
    return Collections.frequency(peers.values(), outcome);
  }
}
