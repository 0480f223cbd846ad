// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransportConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {
  private static final MossTransportConfig ERA_A = Configs.of(Era.A);
  private static final MossTransportConfig ERA_C = Configs.of(Era.C);

  @Test
  void shouldTakeValuesInRange() {
    assertTaken(ERA_C);
    assertTaken(Configs.psk(ERA_A, new byte[32]));
    assertTaken(Configs.timeout(ERA_C, Duration.ofNanos(1)));
    assertTaken(Configs.pad(ERA_C, 0));
    assertTaken(Configs.pad(ERA_C, 65_535));
    assertTaken(Configs.limits(ERA_C, 1, 1));
    assertTaken(Configs.queue(ERA_C, 1, 1));
    assertTaken(Configs.queue(ERA_C, 1, 2));
    assertTaken(Configs.threads(ERA_C, 4));
  }

  @Test
  void shouldRefuseValuesOutOfRange() {
    assertRefused(Configs.psk(ERA_A, new byte[31]));
    assertRefused(Configs.psk(ERA_C, new byte[32]));
    assertRefused(Configs.timeout(ERA_C, Duration.ZERO));
    assertRefused(Configs.pad(ERA_C, -1));
    assertRefused(Configs.pad(ERA_C, 65_536));
    assertRefused(Configs.limits(ERA_C, 0, 1));
    assertRefused(Configs.limits(ERA_C, 1, 0));
    assertRefused(Configs.queue(ERA_C, 0, 1));
    assertRefused(Configs.queue(ERA_C, 2, 1));
    assertRefused(Configs.threads(ERA_C, 0));
  }

  private static void assertTaken(MossTransportConfig config) {
    assertDoesNotThrow(() -> ConfigCheck.check(config));
  }

  private static void assertRefused(MossTransportConfig config) {
    assertThrows(IllegalArgumentException.class, () -> ConfigCheck.check(config));
  }
}
