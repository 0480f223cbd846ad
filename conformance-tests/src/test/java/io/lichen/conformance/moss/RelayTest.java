// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A relay of one runtime, ends of the other. The ends may have one session each, which is the one
 * with the relay, so that they cannot meet behind its back.
 */
class RelayTest extends RelayScenario {
  private static final boolean IS_FULL = "full".equals(System.getProperty("lichen.suite"));
  private static final long SEED = 20_261_121;
  private static final int CHUNK = 50_000;
  private static final int SMALL_CHUNK = 4_000;

  /** What a relay bears unless it is told otherwise, at once and a second. */
  private static final int BURST = 256_000;

  private static final int SUSTAINED = 64_000;

  /**
   * What a native says at once takes longer on a busy machine; what may be said then is no matter.
   */
  private static final String HARDLY_ANY_LATER = "{\"security\":{\"rate_limit_sustained\":1000}}";

  /** Members of a configuration without any limit. */
  static final String LIFTED =
      "\"nat\":{\"relay_max_bandwidth_kbps\":1000000},"
          + "\"security\":{\"rate_limit_burst\":1000000000,"
          + "\"rate_limit_sustained\":1000000000}";

  @ParameterizedTest(name = "{0} carries {1} and {2}")
  @CsvSource({"JAVA,NATIVE,NATIVE", "NATIVE,JAVA,JAVA"})
  void shouldCarryDataAndMessagesBetweenTwoEnds(Driver middle, Driver one, Driver other) {
    MeshPeer relay = stage.relay(middle, "{}");
    MeshPeer a = stage.end(one, relay);
    MeshPeer b = stage.end(other, relay);
    RelayStage.awaitAcquaintance(a, b);

    assertEquals(0, a.relay(b.id(), "over the relay".getBytes(UTF_8)), "code of relay");
    Relayed came = b.relayed().awaitCount(1, Talk.LIMIT).get(0);
    assertEquals(a.id(), came.sender());
    assertArrayEquals("over the relay".getBytes(UTF_8), came.data());
    assertEquals(one == Driver.JAVA && other == Driver.JAVA, came.sealed());
    assertEquals(0, b.relay(a.id(), "and back".getBytes(UTF_8)), "code of relay");
    a.relayed().awaitCount(1, Talk.LIMIT);

    Waits.until("they are peers", Talk.LIMIT, () -> RelayStage.areRelayed(a, b));
    Talk.bothWays(a, b);
    a.clearMessages();
    b.clearMessages();
    Talk.exchange(a, b, 40, 4, new Random(SEED));
    assertTrue(RelayStage.areRelayed(a, b), "they have met behind the relay's back");
  }

  @Test
  void shouldHoldANativeToTheLimit() {
    assertEquals(5 * CHUNK, bytesThrough(HARDLY_ANY_LATER), "256000 bytes at once");
  }

  @Test
  void shouldLetANativeGoWithoutALimit() {
    assumeTrue(IS_FULL, "only in the full suite");
    assertEquals(10 * CHUNK, bytesThrough("{" + LIFTED + "}"));
  }

  @Test
  void shouldHoldANativeToTheLimitAsTimeGoesBy() {
    assumeTrue(IS_FULL, "only in the full suite");
    MeshPeer relay = stage.relay(Driver.JAVA, "{}");
    MeshPeer a = stage.end(Driver.NATIVE, relay);
    MeshPeer b = stage.end(Driver.NATIVE, relay);
    assertEquals(0, a.relay(b.id(), new byte[0]), "code of the first");
    long beganNs = System.nanoTime();
    int sent = 0;
    while (System.nanoTime() - beganNs < 6_000_000_000L) {
      a.relay(b.id(), new byte[SMALL_CHUNK]);
      sent += SMALL_CHUNK;
      Waits.holdsWithin(Duration.ofMillis(20), () -> false);
    }
    double seconds = (System.nanoTime() - beganNs) / 1e9;
    awaitLast(a, b);
    long sum = b.relayed().all().stream().mapToInt(r -> r.data().length).filter(n -> n > 3).sum();
    double limit = BURST + seconds * SUSTAINED;
    System.out.printf("Of %d bytes %d came through; the limit is %.0f%n", sent, sum, limit);
    assertTrue(sum <= limit + SUSTAINED * 0.1, "more than the limit");
    assertTrue(sum >= limit - SUSTAINED, "less than the limit: what was dropped costs nothing");
    assertFalse(RelayStage.isEitherDirect(a, b), "they have met behind the relay's back");
  }

  /** What of that which a native sends at once comes through a relay with this configuration. */
  private int bytesThrough(String relayConfig) {
    MeshPeer relay = stage.relay(Driver.JAVA, relayConfig);
    MeshPeer a = stage.end(Driver.NATIVE, relay);
    MeshPeer b = stage.end(Driver.NATIVE, relay);
    assertEquals(0, a.relay(b.id(), new byte[0]), "code of the first");
    List<CompletableFuture<Integer>> codes = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      codes.add(a.relayAsync(b.id(), new byte[CHUNK]));
    }
    codes.forEach(code -> assertEquals(0, code.join(), "code of relay"));
    awaitLast(a, b);
    int sum = b.relayed().all().stream().mapToInt(r -> r.data().length / CHUNK * CHUNK).sum();
    stage.close();
    return sum;
  }

  /** In order, on one session: what comes after the others shows that no more will come. */
  private static void awaitLast(MeshPeer a, MeshPeer b) {
    AtomicInteger code = new AtomicInteger();
    boolean came =
        Waits.holdsWithin(
            Talk.LIMIT,
            () -> {
              code.set(a.relay(b.id(), "end".getBytes(UTF_8)));
              return b.relayed().all().stream().anyMatch(r -> r.data().length == 3);
            });
    assertTrue(
        came,
        () ->
            "the last should come; code "
                + code
                + ", sender "
                + a.info()
                + ", receiver "
                + b.info());
  }
}
