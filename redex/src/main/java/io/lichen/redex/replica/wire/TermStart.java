// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

/**
 * Where a term begins in a log: a mark between two records.
 *
 * @param term the term, unsigned, above 0
 * @param seq the number of its first record, or of the next one if it has none yet
 */
public record TermStart(long term, long seq) {}
