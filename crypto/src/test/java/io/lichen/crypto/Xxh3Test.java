// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Xxh3Test {
  @Test
  void shouldHashTheKeysOfStreamsAsTheNative() {
    JsonNode vectors = SharedVectors.read("net-wire.json");
    SharedVectors.elements(vectors.get("stream_id_from_key"))
        .forEach(vector -> check(vector, "key", "stream_id"));
  }

  @Test
  void shouldHashTheNamesOfChannelsAsTheNative() {
    JsonNode vectors = SharedVectors.read("net-wire.json");
    SharedVectors.elements(vectors.get("channel_hashes"))
        .forEach(vector -> check(vector, "name", "hash"));
  }

  private static void check(JsonNode vector, String text, String hash) {
    assertEquals(
        vector.get(hash).asText(),
        Long.toUnsignedString(Xxh3.ofText(vector.get(text).asText())),
        vector.toString());
  }

  /** Known without the shared folder. */
  @Test
  void shouldHashAName() {
    assertEquals(0xcbe1f7b78be4f93eL, Xxh3.ofText("lab/metrics"));
  }

  @Test
  void shouldHashARangeAsTheRangeAlone() {
    byte[] in = new byte[600];
    new Random(1).nextBytes(in);
    for (int length = 0; length <= 500; length++) {
      byte[] alone = Arrays.copyOfRange(in, 7, 7 + length);
      assertEquals(Xxh3.hash(alone), Xxh3.hash(in, 7, length), "length " + length);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> Xxh3.hash(in, 599, 2));
  }

  @Test
  void shouldNotAllocate() {
    byte[] in = new byte[300];
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    long hashes = 0;
    for (int round = 0; round < 2000; round++) {
      if (round == 1000) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      hashes += Xxh3.hash(in, 0, round % in.length);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertEquals(0, allocated / 1000, allocated + " octets for 1000 hashes, sum " + hashes);
  }
}
