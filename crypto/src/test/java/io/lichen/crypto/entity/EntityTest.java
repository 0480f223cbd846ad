// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.entity;

import static io.lichen.crypto.SharedVectors.hex;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.SharedVectors;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Entity ids, key pairs, and the numbers made from them. */
class EntityTest {
  /** A seed whose node id ends in 4e45, found by search. */
  private static final int CLASHING_SEED = 1791;

  @Test
  void shouldNameEntitiesAsTheNative() {
    SharedVectors.elements(SharedVectors.read("net-wire.json").get("identities"))
        .forEach(EntityTest::check);
  }

  private static void check(JsonNode vector) {
    EntityKeyPair keys = EntityKeyPair.ofSeed(hex(vector, "seed"));
    EntityId id = keys.id();
    assertEquals(vector.get("entity_id").asText(), id.hex());
    assertEquals(vector.get("node_id").asText(), Long.toUnsignedString(id.nodeId()));
    assertEquals(vector.get("origin_hash").asText(), Long.toUnsignedString(id.originHash()));
    assertEquals(vector.get("origin_hash_hex16").asText(), NodeIds.originText(id.originHash()));
    assertEquals(
        vector.get("routing_id").asLong(), Integer.toUnsignedLong(NodeIds.routingId(id.nodeId())));
    byte[] message = "net".getBytes(US_ASCII);
    assertArrayEquals(hex(vector, "signature_of_ascii_net"), keys.sign(message));
    assertTrue(id.verify(message, keys.sign(message)));
    assertFalse(id.verify(new byte[] {1}, keys.sign(message)));
  }

  @Test
  void shouldBeOneEntityHoweverItWasRead() {
    EntityId id = EntityKeyPair.generate(new Random(1)).id();
    byte[] around = new byte[40];
    id.write(around, 5);
    for (EntityId same :
        new EntityId[] {
          EntityId.of(id.bytes()), EntityId.read(around, 5), EntityId.parse(id.hex())
        }) {
      assertEquals(id, same);
      assertEquals(id.hashCode(), same.hashCode());
      assertEquals(id.nodeId(), same.nodeId());
    }
    assertNotEquals(id, EntityKeyPair.generate(new Random(2)).id());
    assertEquals(id.hex(), id.toString());
  }

  @Test
  void shouldRefuseIdsOfAnotherLength() {
    assertThrows(IllegalArgumentException.class, () -> EntityId.of(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> EntityId.parse("00".repeat(33)));
    assertThrows(IllegalArgumentException.class, () -> EntityId.parse("0g".repeat(32)));
    assertThrows(IndexOutOfBoundsException.class, () -> EntityId.read(new byte[40], 9));
    assertThrows(IllegalArgumentException.class, () -> EntityKeyPair.ofSeed(new byte[33]));
  }

  @Test
  void shouldDrawAgainWhenPingwavesWouldLookLikePackets() {
    assertFalse(NodeIds.isDistinct(EntityKeyPair.ofSeed(seed(CLASHING_SEED)).id().nodeId()));
    SeedSource source = new SeedSource();
    EntityKeyPair drawn = EntityKeyPair.generate(source);
    assertEquals(CLASHING_SEED + 2, source.next);
    assertArrayEquals(seed(CLASHING_SEED + 1), drawn.seed());
  }

  /** Computed with another BLAKE2s (Python's hashlib). */
  @Test
  void shouldMakeTheStaticKeyFromTheSeedAlone() {
    byte[] counting = new byte[32];
    for (int index = 0; index < counting.length; index++) {
      counting[index] = (byte) index;
    }
    assertEquals(
        "07a27417e0fcec1e381428e505d6663047194828dccf05ef9d0314c4ff22c21f",
        HexFormat.of().formatHex(EntityKeyPair.ofSeed(counting).staticKey()));
    assertFalse(
        Arrays.equals(
            EntityKeyPair.ofSeed(seed(1)).staticKey(), EntityKeyPair.ofSeed(seed(2)).staticKey()));
  }

  @Test
  void shouldKeepTheSeedOutOfLogs() {
    EntityKeyPair keys = EntityKeyPair.ofSeed(seed(1));
    assertEquals("EntityKeyPair[" + keys.id() + "]", keys.toString());
  }

  private static byte[] seed(int number) {
    byte[] seed = new byte[32];
    for (int index = 0; index < Integer.BYTES; index++) {
      seed[index] = (byte) (number >> (8 * index));
    }
    return seed;
  }

  /** Draws one seed after the other, the first with the clashing id. */
  private static final class SeedSource implements RandomGenerator {
    private int next = CLASHING_SEED;

    @Override
    public void nextBytes(byte[] out) {
      System.arraycopy(seed(next), 0, out, 0, out.length);
      next++;
    }

    @Override
    public long nextLong() {
      throw new UnsupportedOperationException("only octets are drawn");
    }
  }
}
