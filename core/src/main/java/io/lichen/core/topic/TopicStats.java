// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic;

/**
 * What became of the messages of a topic since it is kept.
 *
 * @param appended messages appended to the log
 * @param fetched of these, those that a peer's log gave
 * @param duplicates copies of messages that the log had
 * @param failures messages that the log could not take
 * @param refused messages that were not what they said, or that no record can hold
 * @param tooOld messages of peers that were not fetched because the log may have had them
 * @param unavailable messages that a peer named and did not give
 * @param answered requests of peers that were answered
 * @param throttled requests of peers that were not: too many, or a congested way
 * @param timeouts own requests without an answer in time
 * @param badFrames frames that broke the rules
 */
public record TopicStats(
    long appended,
    long fetched,
    long duplicates,
    long failures,
    long refused,
    long tooOld,
    long unavailable,
    long answered,
    long throttled,
    long timeouts,
    long badFrames) {}
