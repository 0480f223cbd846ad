// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex;

/**
 * A record of a log.
 *
 * @param seq its sequence number, unsigned
 * @param payload its octets; not copied, the reader's own
 * @param inline whether they lie in the index
 * @param checksum of the payload, 28 bits
 * @param unixNs when it was appended, in nanoseconds of Unix time, as exact as the writer's clock
 */
public record RedexRecord(long seq, byte[] payload, boolean inline, int checksum, long unixNs)
    implements RedexItem {}
