// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.topic.engine.TopicFrame.Fetch;
import io.lichen.core.topic.engine.TopicFrame.Given;
import io.lichen.core.topic.engine.TopicFrame.Keys;
import io.lichen.core.topic.engine.TopicFrame.Listing;
import io.lichen.core.topic.engine.TopicFrame.Messages;
import io.lichen.core.topic.engine.TopicFrame.Offer;
import io.lichen.core.topic.engine.TopicRecord.Held;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The octets of frames (docs/wire/lichen-extensions.md, "Frames"). Stateless. */
final class TopicFrames {
  private static final int VERSION = 1;
  private static final int OFFER = 1;
  private static final int LISTING = 2;
  private static final int KEYS = 3;
  private static final int FETCH = 4;
  private static final int MESSAGES = 5;
  private static final int HEADER_BYTES = 4;
  private static final int SHORT_MASK = 0xffff;

  /** What stands before the list of an answer, at most. */
  private static final int ANSWER_BYTES = 22;

  private TopicFrames() {}

  /** A frame and the wire's name of the topic that it is about. */
  record Addressed(String topic, TopicFrame frame) {}

  /** What an answer needs besides its list, in bytes. */
  static int overheadBytes(String topic) {
    return HEADER_BYTES + topic.getBytes(UTF_8).length + ANSWER_BYTES;
  }

  static byte[] encode(String topic, TopicFrame frame) {
    byte[] name = topic.getBytes(UTF_8);
    int length = HEADER_BYTES + name.length + bodyBytes(frame);
    ByteBuffer to = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    to.put((byte) VERSION).put((byte) kind(frame)).putShort((short) name.length).put(name);
    switch (frame) {
      case Offer f -> to.putLong(f.first()).putLong(f.next());
      case Listing f -> {
        to.putInt(f.request()).putLong(f.from());
        f.check().write(to);
        to.putShort((short) f.most());
      }
      case Keys f -> {
        to.putInt(f.request()).putLong(f.start()).putLong(f.end());
        to.putShort((short) f.held().size());
        f.held().forEach(held -> write(to, held));
      }
      case Fetch f -> {
        to.putInt(f.request()).putShort((short) f.seqs().size());
        f.seqs().forEach(to::putLong);
      }
      case Messages f -> {
        to.putInt(f.request()).putShort((short) f.done()).putShort((short) f.given().size());
        f.given().forEach(given -> write(to, given));
      }
    }
    return to.array();
  }

  private static int kind(TopicFrame frame) {
    return switch (frame) {
      case Offer f -> OFFER;
      case Listing f -> LISTING;
      case Keys f -> KEYS;
      case Fetch f -> FETCH;
      case Messages f -> MESSAGES;
    };
  }

  private static int bodyBytes(TopicFrame frame) {
    return switch (frame) {
      case Offer f -> 16;
      case Listing f -> 30;
      case Keys f -> 22 + f.held().size() * Held.BYTES;
      case Fetch f -> 6 + f.seqs().size() * Long.BYTES;
      case Messages f ->
          8 + f.given().stream().mapToInt(g -> Given.HEADER_BYTES + g.body().length).sum();
    };
  }

  private static void write(ByteBuffer to, Held held) {
    held.key().write(to);
    to.putLong(held.heardMs());
  }

  private static void write(ByteBuffer to, Given given) {
    to.putLong(given.seq()).putLong(given.heardMs());
    to.putInt(given.body().length).put(given.body());
  }

  /** Reads a frame; {@code null} if it is none, or has more octets than it needs. */
  static @Nullable Addressed decode(byte[] octets) {
    ByteBuffer from = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (from.get() != VERSION) {
        return null;
      }
      int kind = from.get();
      String topic = new String(take(from, from.getShort() & SHORT_MASK), UTF_8);
      TopicFrame frame = body(kind, from);
      return frame == null || from.hasRemaining() ? null : new Addressed(topic, frame);
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static @Nullable TopicFrame body(int kind, ByteBuffer from) {
    return switch (kind) {
      case OFFER -> new Offer(from.getLong(), from.getLong());
      case LISTING ->
          new Listing(
              from.getInt(), from.getLong(), TopicKey.read(from), from.getShort() & SHORT_MASK);
      case KEYS -> new Keys(from.getInt(), from.getLong(), from.getLong(), held(from));
      case FETCH -> new Fetch(from.getInt(), seqs(from));
      case MESSAGES -> new Messages(from.getInt(), from.getShort() & SHORT_MASK, given(from));
      default -> null;
    };
  }

  private static List<Held> held(ByteBuffer from) {
    int count = count(from, Held.BYTES);
    List<Held> held = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      held.add(new Held(TopicKey.read(from), from.getLong()));
    }
    return held;
  }

  private static List<Long> seqs(ByteBuffer from) {
    int count = count(from, Long.BYTES);
    List<Long> seqs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      seqs.add(from.getLong());
    }
    return seqs;
  }

  private static List<Given> given(ByteBuffer from) {
    int count = count(from, Given.HEADER_BYTES);
    List<Given> given = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      given.add(new Given(from.getLong(), from.getLong(), take(from, from.getInt())));
    }
    return given;
  }

  /** A number of things, of which there is room for so many in what is left. */
  private static int count(ByteBuffer from, int leastBytes) {
    int count = from.getShort() & SHORT_MASK;
    if (from.remaining() < (long) count * leastBytes) {
      throw new BufferUnderflowException();
    }
    return count;
  }

  private static byte[] take(ByteBuffer from, int length) {
    if (length < 0 || length > from.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] octets = new byte[length];
    from.get(octets);
    return octets;
  }
}
