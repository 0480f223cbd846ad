// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/**
 * Counts of one stream since it was opened, this node sending.
 *
 * @param packetsSent packets, each counted once
 * @param packetsRepeated repetitions
 * @param queuedBytes taken and not yet handed to the network, in bytes
 * @param unconfirmedBytes handed over and not yet confirmed by the peer, in bytes of credit
 * @param congestionWindow packets that may be unacknowledged at once; 0 if fire-and-forget
 * @param smoothedRttNs round-trip time in nanoseconds; 0 as long as none was measured
 */
public record StreamStats(
    long packetsSent,
    long packetsRepeated,
    long queuedBytes,
    long unconfirmedBytes,
    int congestionWindow,
    long smoothedRttNs) {}
