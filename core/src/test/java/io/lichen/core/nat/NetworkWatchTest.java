// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.nat.local.LocalAddress;
import io.lichen.core.nat.local.LocalNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class NetworkWatchTest {
  private volatile LocalNetwork network = LocalNetwork.none();
  private final AtomicInteger looks = new AtomicInteger();
  private final BlockingQueue<NetworkChange> told = new LinkedBlockingQueue<>();

  private LocalNetwork read() {
    looks.incrementAndGet();
    return network;
  }

  @Test
  void shouldTellAllListenersThoughOneFails() throws Exception {
    try (NetworkWatch watch = NetworkWatch.start(this::read, Duration.ofMillis(20))) {
      watch.onChange(
          change -> {
            throw new IllegalStateException("on purpose");
          });
      watch.onChange(told::add);
      MapperRun.await("a first look", () -> looks.get() > 1);
      network =
          new LocalNetwork(
              List.of(new LocalAddress("eth0", 2, InetAddress.ofLiteral("192.0.2.7"), 24)),
              List.of(),
              true);
      assertEquals(
          new NetworkChange(Set.of(NetworkChange.Kind.ADDRESSES), true),
          told.poll(20, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldLookNoMoreOftenThanItWasTold() throws Exception {
    try (NetworkWatch watch = NetworkWatch.start(this::read, Duration.ofSeconds(60))) {
      watch.onChange(told::add);
      MapperRun.await("a first look", () -> looks.get() == 1);
      LockSupport.parkNanos(200_000_000L);
      assertEquals(1, looks.get());
    }
  }

  @Test
  void shouldLookNoMoreOnceClosed() throws Exception {
    NetworkWatch watch = NetworkWatch.start(this::read, Duration.ofMillis(10));
    MapperRun.await("looks", () -> looks.get() > 2);
    watch.close();
    watch.close();
    LockSupport.parkNanos(50_000_000L);
    int after = looks.get();
    LockSupport.parkNanos(100_000_000L);
    assertTrue(looks.get() <= after, "it still looks");
  }
}
