// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.nat.local.Uplink;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.gateway.PortMapping;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A port mapper of a test, and what it tells. Asks again four times a second. */
final class MapperRun implements PortMapperListener, AutoCloseable {
  static final int PORT = 41030;
  static final Duration REFRESH = Duration.ofMillis(250);
  private static final NonceSecret NONCES = NonceSecret.of(new byte[] {7});
  private static final long LIMIT_S = 20;

  final PortMapperCounters counters = new PortMapperCounters();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  final PortMapper mapper;

  MapperRun(Doors doors, Supplier<List<Uplink>> uplinks, MappingProtocol... protocols) {
    GatewaySettings settings = new GatewaySettings(600, 50_000_000L, 3, REFRESH.toNanos());
    mapper =
        PortMapper.start(
            new PortMapperSettings(PORT, Set.of(protocols), settings, doors, NONCES),
            uplinks,
            this,
            counters);
  }

  static MapperRun at(FakeRouter router, MappingProtocol... protocols) {
    return new MapperRun(router.doors(), () -> List.of(router.uplink()), protocols);
  }

  @Override
  public void onMapped(PortMapping mapping) {
    told.add(
        mapping.protocol()
            + " "
            + mapping.external().getAddress().getHostAddress()
            + ":"
            + mapping.external().getPort()
            + " "
            + mapping.kinds().stream().sorted().toList());
  }

  @Override
  public void onUnmapped(String reason) {
    told.add(reason);
  }

  /** What it says next. */
  String next() throws InterruptedException {
    @Nullable String next = told.poll(LIMIT_S, TimeUnit.SECONDS);
    return next == null ? "nothing within " + LIMIT_S + " s" : next;
  }

  /** What it has said and nobody has asked for. */
  List<String> rest() {
    return List.copyOf(told);
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - endNs < 0, what);
      LockSupport.parkNanos(5_000_000L);
    }
  }

  @Override
  public void close() {
    mapper.close();
  }
}
