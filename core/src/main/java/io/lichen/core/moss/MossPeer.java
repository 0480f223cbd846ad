// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import io.lichen.crypto.PeerId;
import io.lichen.nat.profile.NatType;
import io.lichen.transport.moss.Carrier;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connected peer, as it was when somebody asked.
 *
 * @param id its key
 * @param address where it is, {@code host:port}; {@code relay:} and an id if a relay is between
 * @param carrier what carries the session
 * @param outbound whether this node opened the session
 * @param age of the session
 * @param rtt of the last ping that was answered; null before the first, which is sent after 15 s
 * @param score what the engine goes by: below 0 the peer is no mesh member
 * @param natType what it has signed that it is behind
 * @param relay whether it has shown that it relays for others
 * @param queuedBytes what waits to be sent to it
 * @param bytesIn received over this session
 * @param bytesOut sent over this session
 */
public record MossPeer(
    PeerId id,
    String address,
    Carrier carrier,
    boolean outbound,
    Duration age,
    @Nullable Duration rtt,
    double score,
    NatType natType,
    boolean relay,
    long queuedBytes,
    long bytesIn,
    long bytesOut) {
  /** Whether a third node is between the two ends. */
  public boolean isRelayed() {
    return carrier == Carrier.RELAY;
  }
}
