// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A leader refuses a request.
 *
 * @param logId the log
 * @param sinceSeq of the request
 * @param code why
 * @param leaderFirstSeq the first that the leader retains, for {@link Code#BAD_RANGE}; else 0
 * @param requestId of the request
 * @param detail for people; what is beyond 65535 octets of UTF-8 is cut off
 */
public record SyncNack(
    byte[] logId, long sinceSeq, Code code, long leaderFirstSeq, long requestId, String detail) {
  public static final int TYPE = 0x23;

  private static final int BASE_BYTES = 62;
  private static final int MAX_DETAIL_BYTES = 0xFFFF;
  private static final int CONTINUATION_MASK = 0xC0;
  private static final int CONTINUATION = 0x80;
  private static final Code[] CODES = Code.values();

  /** Why a request is refused. */
  public enum Code {
    NOT_LEADER(1),
    BAD_RANGE(2),
    BACKPRESSURE(3),
    CHANNEL_CLOSED(4);

    private final int number;

    Code(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }
  }

  /** The message. */
  public byte[] encode() {
    byte[] text = detail.getBytes(StandardCharsets.UTF_8);
    int length = cut(text);
    return SyncHeader.begin(TYPE, logId, BASE_BYTES + length)
        .putLong(sinceSeq)
        .put((byte) code.number())
        .putLong(leaderFirstSeq)
        .putLong(requestId)
        .putShort((short) length)
        .put(text, 0, length)
        .array();
  }

  /** So many octets as fit, up to the end of a character. */
  private static int cut(byte[] text) {
    int length = Math.min(text.length, MAX_DETAIL_BYTES);
    while (length < text.length && (text[length] & CONTINUATION_MASK) == CONTINUATION) {
      length--;
    }
    return length;
  }

  /** Reads a message. */
  public static SyncNack decode(ByteBuffer message) throws SyncFault {
    ByteBuffer in = SyncHeader.open(message, TYPE, BASE_BYTES);
    byte[] logId = SyncHeader.logId(in);
    long sinceSeq = in.getLong();
    int code = Byte.toUnsignedInt(in.get());
    if (code == 0 || code > CODES.length) {
      throw new SyncFault(SyncFault.Reason.BAD_ERROR_CODE, code, 0);
    }
    long leaderFirstSeq = in.getLong();
    long requestId = in.getLong();
    int length = Short.toUnsignedInt(in.getShort());
    SyncHeader.require(in, length);
    return new SyncNack(
        logId, sinceSeq, CODES[code - 1], leaderFirstSeq, requestId, text(in, length));
  }

  private static String text(ByteBuffer in, int length) throws SyncFault {
    ByteBuffer octets = in.slice(in.position(), length);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
    } catch (CharacterCodingException e) {
      throw new SyncFault(SyncFault.Reason.INVALID_UTF8, 0, 0);
    }
  }
}
