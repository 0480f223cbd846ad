// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import io.lichen.core.topic.engine.TopicRecord.Held;
import java.util.List;

/** What two logs of a topic tell each other. Numbers of records are unsigned. */
sealed interface TopicFrame {
  /**
   * "My log has these."
   *
   * @param first the oldest record's number
   * @param next the next record's
   */
  record Offer(long first, long next) implements TopicFrame {}

  /**
   * "What is in your log from here on?"
   *
   * @param request to be repeated in the answer
   * @param from a record's number
   * @param check the key of the record before; {@link TopicKey#NONE} if it is not known
   * @param most keys in the answer
   */
  record Listing(int request, long from, TopicKey check, int most) implements TopicFrame {}

  /**
   * "This."
   *
   * @param start the first one's number: what was asked for, or the log's oldest
   * @param end the number of the log's next record
   * @param held what is in the log from there, number by number
   */
  record Keys(int request, long start, long end, List<Held> held) implements TopicFrame {
    /** The number after the last one. */
    long next() {
      return start + held.size();
    }
  }

  /** "Give me these", by their numbers. */
  record Fetch(int request, List<Long> seqs) implements TopicFrame {}

  /**
   * "Here."
   *
   * @param done how many of the numbers were looked at, from the front
   * @param given what was there
   */
  record Messages(int request, int done, List<Given> given) implements TopicFrame {}

  /**
   * A message.
   *
   * @param seq its number in the sender's log
   * @param heardMs when it was first heard, Unix milliseconds
   * @param body as its wire has it
   */
  record Given(long seq, long heardMs, byte[] body) {
    static final int HEADER_BYTES = 2 * Long.BYTES + Integer.BYTES;
  }
}
