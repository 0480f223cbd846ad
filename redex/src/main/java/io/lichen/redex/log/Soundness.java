// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

/**
 * What of a log has nothing missing before it.
 *
 * @param nextSeq the number after the last such record; 0 if even the first is damaged
 * @param hasDamage whether records are damaged, if only one that was being appended when the
 *     process ended
 * @param lacksRecords whether records are missing that were there
 */
public record Soundness(long nextSeq, boolean hasDamage, boolean lacksRecords) {}
