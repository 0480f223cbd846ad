// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A message as it lies in a topic's log (docs/wire/lichen-extensions.md, "The record"). The arrays
 * are not copied and must not be changed by anyone.
 *
 * @param wire on which wire it was published: {@link #MOSS} or {@link #NET}
 * @param heardMs when the first of the nodes through which it came heard it, Unix milliseconds
 * @param sequence the publisher's counter, unsigned
 * @param key its name
 * @param sender who claims to have published it, 0 to 255 octets
 * @param stamp what else its wire needs to make it again as it was, 0 to 255 octets
 * @param payload as the application has it
 */
public record TopicRecord(
    int wire,
    long heardMs,
    long sequence,
    TopicKey key,
    byte[] sender,
    byte[] stamp,
    byte[] payload) {
  /** {@link #wire} of Moss. */
  public static final int MOSS = 1;

  /** {@link #wire} of Net. */
  public static final int NET = 2;

  /** Octets before the sender. */
  public static final int HEADER_BYTES = 36;

  private static final int VERSION = 1;
  private static final int HEARD_AT = 4;
  private static final int KEY_AT = 20;
  private static final int MAX_PART_BYTES = 255;
  private static final ValueLayout.OfLong LITTLE =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong BIG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** The same heard at another time. */
  TopicRecord heard(long unixMs) {
    return new TopicRecord(wire, unixMs, sequence, key, sender, stamp, payload);
  }

  /**
   * The octets in the log.
   *
   * @throws IllegalArgumentException if sender or stamp are longer than 255
   */
  public byte[] encode() {
    if (sender.length > MAX_PART_BYTES || stamp.length > MAX_PART_BYTES) {
      throw new IllegalArgumentException("sender or stamp of more than 255 octets");
    }
    int length = HEADER_BYTES + sender.length + stamp.length + payload.length;
    ByteBuffer to = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    to.put((byte) VERSION).put((byte) wire).put((byte) sender.length).put((byte) stamp.length);
    to.putLong(heardMs).putLong(sequence);
    key.write(to);
    to.put(sender).put(stamp).put(payload);
    return to.array();
  }

  /** Reads a record of a log; {@code null} if it is none of a topic. */
  public static @Nullable TopicRecord decode(byte[] record) {
    if (!isTopic(MemorySegment.ofArray(record))) {
      return null;
    }
    ByteBuffer from = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    int wire = record[1];
    byte[] sender = new byte[record[2] & MAX_PART_BYTES];
    byte[] stamp = new byte[record[3] & MAX_PART_BYTES];
    from.position(HEARD_AT);
    long heardMs = from.getLong();
    long sequence = from.getLong();
    TopicKey key = TopicKey.read(from);
    from.get(sender).get(stamp);
    byte[] payload = new byte[from.remaining()];
    from.get(payload);
    return new TopicRecord(wire, heardMs, sequence, key, sender, stamp, payload);
  }

  /** Whether these octets are a record of a topic. */
  static boolean isTopic(MemorySegment record) {
    if (record.byteSize() < HEADER_BYTES || at(record, 0) != VERSION) {
      return false;
    }
    int wire = at(record, 1);
    return (wire == MOSS || wire == NET)
        && record.byteSize() >= HEADER_BYTES + at(record, 2) + at(record, 3);
  }

  /** What a peer is told of a record of a topic. */
  static Held held(MemorySegment record) {
    TopicKey key = new TopicKey(record.get(BIG, KEY_AT), record.get(BIG, KEY_AT + Long.BYTES));
    return new Held(key, record.get(LITTLE, HEARD_AT));
  }

  private static int at(MemorySegment record, int offset) {
    return record.get(ValueLayout.JAVA_BYTE, offset) & MAX_PART_BYTES;
  }

  /**
   * That a log has a message.
   *
   * @param key its name; {@link TopicKey#NONE} where there is none under a number
   * @param heardMs when it was first heard, Unix milliseconds
   */
  record Held(TopicKey key, long heardMs) {
    static final int BYTES = TopicKey.BYTES + Long.BYTES;
    static final Held NOTHING = new Held(TopicKey.NONE, 0);
  }
}
