// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic;

import io.lichen.core.topic.engine.TopicRecord;
import io.lichen.redex.RedexRecord;
import java.util.Optional;

/**
 * A message out of a log.
 *
 * @param offset its number in this node's log
 * @param appendedNs when it was appended there, nanoseconds of Unix time
 * @param heardMs when the first of the nodes through which it came heard it, as those say, Unix
 *     milliseconds
 * @param sender who claims to have published it: on the Moss wire an Ed25519 public key, on the Net
 *     wire an origin hash; may be empty
 * @param sequence the publisher's counter, unsigned
 * @param data the payload, the reader's own
 */
public record TopicMessage(
    long offset, long appendedNs, long heardMs, byte[] sender, long sequence, byte[] data) {
  /** The message in a record of a topic's log; empty if there is none in it. */
  public static Optional<TopicMessage> of(RedexRecord record) {
    return Optional.ofNullable(TopicRecord.decode(record.payload()))
        .map(
            message ->
                new TopicMessage(
                    record.seq(),
                    record.unixNs(),
                    message.heardMs(),
                    message.sender(),
                    message.sequence(),
                    message.payload()));
  }
}
