// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.core.nat.local.Uplink;
import io.lichen.core.nat.mapping.RouterPorts;
import io.lichen.nat.gateway.PortMapping;
import io.lichen.nat.profile.AddressRank;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the port of a node open at a router, as long as it is not closed: by UPnP, NAT-PMP or PCP,
 * whichever works first, at whichever of the routers gives the best address
 * (docs/wire/port-mapping.md, "Gateways"). A port that is lost is looked for anew, at first at once
 * and then each time a port would be asked for again. Thread-safe; works on one virtual thread, and
 * on one for each router while it is asked.
 */
public final class PortMapper implements AutoCloseable {
  /** How long a stop waits for routers. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

  /** An address that more can reach; of equals the preferred way's. */
  private static final Comparator<GatewayRound.Opened> BEST =
      Comparator.comparing(
          (GatewayRound.Opened each) -> AddressRank.of(each.mapping().external().getAddress()),
          Comparator.reverseOrder());

  private static final Logger LOG = LoggerFactory.getLogger(PortMapper.class);

  private final PortMapperSettings settings;
  private final Supplier<List<Uplink>> uplinks;
  private final PortMapperListener listener;
  private final PortMapperCounters counters;
  private final RouterPorts ports;
  private final Thread thread;
  private volatile List<MappingAttempt> attempts = List.of();
  private volatile @Nullable PortMapping told;
  private volatile boolean closed;

  // Of the thread alone.
  private GatewayRound.@Nullable Opened held;
  private boolean toldUnmapped;

  private PortMapper(
      PortMapperSettings settings,
      Supplier<List<Uplink>> uplinks,
      PortMapperListener listener,
      PortMapperCounters counters) {
    this.settings = settings;
    this.uplinks = uplinks;
    this.listener = listener;
    this.counters = counters;
    this.ports =
        new RouterPorts(
            settings.doors(),
            settings.port(),
            settings.gateway(),
            settings.nonces(),
            counters.restarts::increment);
    this.thread = Thread.ofVirtual().name("lichen-port-" + settings.port()).unstarted(this::run);
  }

  /**
   * Begins.
   *
   * @param uplinks the ways out that there are now, the preferred first; asked before each search
   */
  public static PortMapper start(
      PortMapperSettings settings,
      Supplier<List<Uplink>> uplinks,
      PortMapperListener listener,
      PortMapperCounters counters) {
    PortMapper mapper = new PortMapper(settings, uplinks, listener, counters);
    mapper.thread.start();
    return mapper;
  }

  /** Where the port is open; empty if nowhere. */
  public Optional<PortMapping> mapping() {
    return Optional.ofNullable(told);
  }

  /** What became of each question in the latest search. */
  public List<MappingAttempt> attempts() {
    return attempts;
  }

  /** Has it look at once whether the port is still open, and where. */
  public void networkChanged() {
    synchronized (thread) {
      if (!closed) {
        thread.interrupt();
      }
    }
  }

  /** Has it end, without waiting for that; nothing is told any more. Idempotent. */
  public void stop() {
    synchronized (thread) {
      if (!closed) {
        closed = true;
        thread.interrupt();
      }
    }
  }

  /**
   * Gives the port back, as far as the router answers within two seconds. Idempotent; an interrupt
   * ends the wait, not the giving back.
   */
  @Override
  public void close() {
    stop();
    try {
      thread.join(STOP_LIMIT.plusSeconds(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      try {
        work();
      } catch (InterruptedException e) {
        LOG.debug("Interrupted, to stop or to look again");
      } catch (RuntimeException e) {
        LOG.error("A fault in the port mapper", e);
        held = null;
      }
    }
    synchronized (thread) {
      // The interrupt that said so may come only now; there will be no other.
      var unused = Thread.interrupted();
    }
    try {
      drop(STOP_LIMIT);
    } catch (InterruptedException e) {
      LOG.debug("Interrupted by a stranger: the port stays open until its time is over", e);
    }
  }

  /** Until the thread is interrupted, which is how the network is said to have changed. */
  private void work() throws InterruptedException {
    leaveLostUplink();
    while (!closed) {
      GatewayRound.Opened now = held;
      if (now != null) {
        tell(now.mapping());
        keep(now);
      } else if (!search()) {
        Thread.sleep(Duration.ofNanos(settings.gateway().refreshNs()));
      }
    }
  }

  private void leaveLostUplink() throws InterruptedException {
    GatewayRound.Opened now = held;
    if (now == null) {
      return;
    }
    if (uplinks.get().contains(now.uplink())) {
      now.port().hurry();
    } else {
      drop(Duration.ZERO);
    }
  }

  private void drop(Duration limit) throws InterruptedException {
    GatewayRound.Opened now = held;
    held = null;
    if (now != null) {
      now.port().release(limit);
    }
  }

  private void keep(GatewayRound.Opened now) throws InterruptedException {
    try {
      PortMapping other = now.port().keep();
      counters.changed.increment();
      held = new GatewayRound.Opened(now.uplink(), now.port(), other);
    } catch (IOException e) {
      LOG.debug("The router {} does not hold the port any more", now.uplink(), e);
      counters.lost.increment();
      drop(Duration.ZERO);
    }
  }

  private boolean search() throws InterruptedException {
    List<MappingAttempt> tried = new ArrayList<>();
    List<Uplink> ways = uplinks.get();
    for (MappingProtocol protocol : MappingProtocol.values()) {
      if (settings.protocols().contains(protocol) && held == null) {
        GatewayRound round = new GatewayRound(protocol, ways, ports);
        round.open().stream().min(BEST).ifPresent(best -> held = best);
        tried.addAll(round.attempts());
        round.releaseAllBut(held == null ? null : held.port());
      }
    }
    attempts = List.copyOf(tried);
    return conclude(ways);
  }

  private boolean conclude(List<Uplink> ways) {
    if (held != null) {
      counters.found.increment();
      return true;
    }
    counters.notFound.increment();
    told = null;
    if (!toldUnmapped) {
      toldUnmapped = true;
      listener.onUnmapped(ways.isEmpty() ? "no router is known" : failures());
    }
    return false;
  }

  private String failures() {
    return attempts.stream()
        .map(each -> each.protocol().label() + ": " + each.failure())
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private void tell(PortMapping mapping) {
    toldUnmapped = false;
    if (!mapping.equals(told)) {
      told = mapping;
      listener.onMapped(mapping);
    }
  }
}
