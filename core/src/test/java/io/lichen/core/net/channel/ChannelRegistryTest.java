// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.crypto.ChannelName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChannelRegistryTest {
  private final ChannelRegistry registry = new ChannelRegistry();

  @Test
  void shouldPreferTheNameToPrefixesAndTheLongestOfThem() {
    registry.put(ChannelName.of("lab/metrics/a"), priority(1));
    registry.putPrefix("lab/", priority(2));
    registry.putPrefix("lab/metrics", priority(3));
    assertEquals(1, priorityOf("lab/metrics/a"));
    assertNull(resolve("lab/metrics/a").prefix());
    assertEquals(3, priorityOf("lab/metrics/b"));
    assertEquals("lab/metrics", resolve("lab/metrics/b").prefix());
    assertEquals(2, priorityOf("lab/x"));
    assertNull(registry.resolve(ChannelName.of("lab")));
    registry.remove(ChannelName.of("lab/metrics/a"));
    registry.removePrefix("lab/metrics");
    assertEquals(2, priorityOf("lab/metrics/a"));
  }

  /** Against the plain way: try them all. */
  @Test
  void shouldFindTheLongestPrefixAmongMany() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      ChannelRegistry trial = new ChannelRegistry();
      List<String> prefixes = new ArrayList<>();
      for (int count = random.nextInt(30); count > 0; count--) {
        prefixes.add(text(random, random.nextInt(6)));
        trial.putPrefix(prefixes.getLast(), ChannelConfig.open());
      }
      String name = text(random, 1 + random.nextInt(8));
      String expected =
          prefixes.stream()
              .filter(name::startsWith)
              .max(Comparator.comparingInt(String::length))
              .orElse(null);
      ResolvedChannel found = trial.resolve(ChannelName.of(name));
      assertEquals(expected, found == null ? null : found.prefix(), "seed " + seed);
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < length; index++) {
      text.append((char) ('a' + random.nextInt(2)));
    }
    return text.toString();
  }

  @Test
  void shouldRefuseMoreChannelsThanFit() {
    for (int index = 0; index < ChannelRegistry.MAX_ENTRIES; index++) {
      registry.put(ChannelName.of("c" + index), ChannelConfig.open());
    }
    ChannelName more = ChannelName.of("more");
    assertThrows(IllegalStateException.class, () -> registry.put(more, ChannelConfig.open()));
    registry.put(ChannelName.of("c0"), priority(9));
    assertEquals(9, priorityOf("c0"));
  }

  @Test
  void shouldRefuseConfigurationsOutOfRange() {
    ChannelConfigBuilder builder = ChannelConfig.open().toBuilder();
    assertThrows(IllegalArgumentException.class, () -> builder.priority(256).build());
    builder.priority(0).maxPublishesPerSecond(-1);
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  private static ChannelConfig priority(int priority) {
    return ChannelConfig.open().toBuilder().priority(priority).build();
  }

  private int priorityOf(String name) {
    return resolve(name).config().priority();
  }

  private ResolvedChannel resolve(String name) {
    ResolvedChannel resolved = registry.resolve(ChannelName.of(name));
    assertNotNull(resolved, name);
    return resolved;
  }
}
