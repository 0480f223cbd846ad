// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.overlay;

/**
 * What the overlay has counted since it was made, and the sizes of its tables now.
 *
 * @param answered questions answered
 * @param stored records taken or renewed
 * @param refused envelopes that made no sense: a wrong key, a record too long, an answer to nothing
 * @param published records sent out
 * @param lookups lookups begun
 * @param asked questions sent
 * @param timeouts questions that were not answered in time
 * @param providersFound providers that answers named
 * @param recordsEvicted records of others that went before their time
 * @param contactsEvicted contacts dropped from full buckets
 * @param records records of others now
 * @param contacts contacts now
 */
public record OverlayStats(
    long answered,
    long stored,
    long refused,
    long published,
    long lookups,
    long asked,
    long timeouts,
    long providersFound,
    long recordsEvicted,
    long contactsEvicted,
    int records,
    int contacts) {}
