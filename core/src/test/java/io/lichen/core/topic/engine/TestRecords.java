// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.crypto.Blake2s;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Messages whose key is the hash of their payload, and the wire that proves it. */
final class TestRecords {
  /** Gives records as they are. */
  static final TopicCodec CODEC =
      new TopicCodec() {
        @Override
        public byte[] export(TopicRecord record) {
          return record.encode();
        }

        @Override
        public @Nullable TopicRecord accept(String peer, byte[] exported, long heardMs) {
          TopicRecord record = TopicRecord.decode(exported);
          return record != null && record.key().equals(key(record.payload()))
              ? record.heard(heardMs)
              : null;
        }
      };

  private TestRecords() {}

  static TopicRecord of(String text, long heardMs) {
    byte[] payload = text.getBytes(UTF_8);
    return new TopicRecord(
        TopicRecord.MOSS, heardMs, 7, key(payload), new byte[32], new byte[0], payload);
  }

  static TopicKey key(byte[] payload) {
    return TopicKey.of(Arrays.copyOf(Blake2s.hash(payload), TopicKey.BYTES));
  }
}
