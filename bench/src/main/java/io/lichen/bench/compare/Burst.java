// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

/**
 * One burst: what was sent and delivered, and how fast.
 *
 * @param perSecond what was delivered in a second, from the first send to the last arrival
 * @param senderBytesEach what all threads of the sender's JVM allocated on its heap for a message;
 *     a native's own allocations are not seen
 * @param receiverBytesEach the same of the receiver
 */
public record Burst(
    long sent,
    long delivered,
    long duplicates,
    double perSecond,
    double megabytesPerSecond,
    double senderBytesEach,
    double receiverBytesEach) {}
