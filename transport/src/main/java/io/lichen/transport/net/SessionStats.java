// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/**
 * Counts of one session since it began.
 *
 * @param packetsSent sealed packets, repetitions and heartbeats included
 * @param packetsReceived authentic packets that were new
 * @param bytesSent their datagrams' bytes
 * @param bytesReceived their datagrams' bytes
 * @param streams streams that are remembered now
 */
public record SessionStats(
    long packetsSent, long packetsReceived, long bytesSent, long bytesReceived, int streams) {}
