// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

import java.util.Map;

/**
 * What routing has counted since it was made, and the sizes of its tables now.
 *
 * @param wavesReceived datagrams looked at
 * @param wavesDropped those dropped, by reason
 * @param wavesEmitted own ones sent, one for each peer
 * @param wavesForwarded others' ones sent, one for each peer
 * @param originsKnown nodes heard of now
 * @param originsEvicted nodes forgotten for want of room
 * @param destinations nodes with routes now
 * @param destinationsEvicted nodes whose routes had to make room
 * @param routesRefused words of peers that are not connected, or of ways too long
 * @param withdrawalsReceived withdrawals that came
 * @param withdrawalsIgnored those that were malformed, old, too many or about nobody reached so
 * @param withdrawalsSent own ones sent, one for each peer
 * @param withdrawalsDamped own ones that were not repeated within a second
 * @param reroutes nodes that another peer leads to since the one before was lost
 * @param unreachable nodes that nobody leads to since the last peer was lost
 */
public record RouteStats(
    long wavesReceived,
    Map<PingwaveDrop, Long> wavesDropped,
    long wavesEmitted,
    long wavesForwarded,
    int originsKnown,
    long originsEvicted,
    int destinations,
    long destinationsEvicted,
    long routesRefused,
    long withdrawalsReceived,
    long withdrawalsIgnored,
    long withdrawalsSent,
    long withdrawalsDamped,
    long reroutes,
    long unreachable) {}
