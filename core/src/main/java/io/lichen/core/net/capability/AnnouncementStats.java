// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.Map;

/**
 * What the announcement engine has counted since it was made, and the sizes of its tables now.
 *
 * @param received announcements that came
 * @param dropped those dropped, by reason
 * @param accepted those taken in
 * @param forwarded those passed on, one for each peer
 * @param sent own ones sent, one for each peer
 * @param pending signatures being looked at now
 * @param nodesKnown other nodes in the index now
 * @param nodesEvicted nodes that had to make room in the index
 * @param seen announcements remembered now, so that copies are known
 * @param seenEvicted those forgotten for want of room
 */
public record AnnouncementStats(
    long received,
    Map<AnnouncementDrop, Long> dropped,
    long accepted,
    long forwarded,
    long sent,
    int pending,
    int nodesKnown,
    long nodesEvicted,
    int seen,
    long seenEvicted) {}
