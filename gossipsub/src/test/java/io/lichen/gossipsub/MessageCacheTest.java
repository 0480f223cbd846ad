// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MessageCacheTest {
  private static final long SECOND = 1_000_000_000L;

  private final Counters counters = new Counters();
  private final IdHasher hasher = new IdHasher(new SplittableRandom(5));

  private static CacheParams params(int messages, long bytes) {
    return new CacheParams(10_000, 1024, messages, bytes, 1, 1, 1, 1, 0, 1);
  }

  private void add(MessageCache cache, PublishedMessage message, long nowNs) {
    hasher.hash(message.messageId());
    cache.add(message, hasher, null, nowNs);
  }

  private IdHasher id(int number) {
    hasher.hash(Fixture.id(number));
    return hasher;
  }

  private static PublishedMessage encodedAs(int number, int bytes) {
    return new PublishedMessage(
        Fixture.TOPIC, Fixture.id(number), number, new byte[32], new byte[1], new byte[bytes]);
  }

  @Test
  void shouldGiveBackWhatItHolds() {
    MessageCache cache = new MessageCache(params(10, 10_000), counters);
    PublishedMessage message = Fixture.message(1);
    add(cache, message, 0);
    add(cache, message, 0);

    PublishedMessage kept = assertInstanceOf(PublishedMessage.class, cache.get(id(1)));
    assertSame(message.encoded(), kept.encoded());
    assertEquals(message.messageId(), kept.messageId());
    assertEquals(0, kept.payload().length, "the envelope holds it too");
    assertNull(cache.get(id(2)));
    assertEquals(1, cache.size());
    assertSame(kept, cache.at(0));
    assertThrows(IndexOutOfBoundsException.class, () -> cache.at(1));
  }

  @Test
  void shouldPushOutTheOldestByNumber() {
    MessageCache cache = new MessageCache(params(3, 10_000), counters);
    for (int number = 1; number <= 5; number++) {
      add(cache, Fixture.message(number), 0);
    }

    assertNull(cache.get(id(2)));
    assertNotNull(cache.get(id(3)));
    assertEquals(2, counters.cacheEvicted);
  }

  @Test
  void shouldPushOutTheOldestByOctets() {
    MessageCache cache = new MessageCache(params(100, 3000), counters);
    for (int number = 1; number <= 5; number++) {
      add(cache, encodedAs(number, 990), 0);
    }

    assertEquals(3, cache.size());
    assertEquals(3 * 990, cache.bytes());
    add(cache, encodedAs(6, 3001), 0);
    assertNull(cache.get(id(6)));
    assertEquals(3, cache.size());
  }

  @Test
  void shouldForgetByAge() {
    MessageCache cache = new MessageCache(params(10, 10_000), counters);
    add(cache, Fixture.message(1), 0);
    add(cache, Fixture.message(2), 5 * SECOND);
    cache.expire(10 * SECOND);

    assertNull(cache.get(id(1)));
    assertNotNull(cache.get(id(2)));
    assertEquals(10, cache.bytes());
  }
}
