// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {
  private static MossTransportConfig make(
      Era era, byte @Nullable [] psk, int pad, int pending, int high, int max, int threads) {
    return new MossTransportConfig(
        era,
        "moss/1",
        psk,
        new InetSocketAddress(0),
        Duration.ofSeconds(5),
        65_536,
        pad,
        true,
        pending,
        pending,
        high,
        max,
        threads);
  }

  @Test
  void shouldTakeValuesInRange() {
    assertDoesNotThrow(() -> ConfigCheck.check(Configs.of(Era.C)));
    assertDoesNotThrow(() -> ConfigCheck.check(make(Era.A, new byte[32], 65_535, 1, 1, 1, 1)));
    assertDoesNotThrow(() -> ConfigCheck.check(make(Era.C, null, 0, 1, 1, 2, 4)));
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    assertRefused(Era.A, new byte[31], 0, 1, 1, 1, 1);
    assertRefused(Era.C, new byte[32], 0, 1, 1, 1, 1);
    assertRefused(Era.C, null, -1, 1, 1, 1, 1);
    assertRefused(Era.C, null, 65_536, 1, 1, 1, 1);
    assertRefused(Era.C, null, 0, 0, 1, 1, 1);
    assertRefused(Era.C, null, 0, 1, 0, 1, 1);
    assertRefused(Era.C, null, 0, 1, 2, 1, 1);
    assertRefused(Era.C, null, 0, 1, 1, 1, 0);
  }

  private static void assertRefused(
      Era era, byte @Nullable [] psk, int pad, int pending, int high, int max, int threads) {
    MossTransportConfig config = make(era, psk, pad, pending, high, max, threads);
    assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config));
  }
}
