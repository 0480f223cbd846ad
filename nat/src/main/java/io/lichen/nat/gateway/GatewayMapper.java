// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one port open at one gateway, for UDP and for TCP under the same number if it can, for one
 * of them if it must (docs/wire/port-mapping.md). It asks again long before the gateway forgets,
 * and tells when the external address is another one.
 *
 * <p>Not thread-safe; knows no sockets and no clock.
 */
public final class GatewayMapper {
  /** However short the lifetimes are that a gateway grants. */
  private static final long MIN_REFRESH_NS = 1_000_000_000L;

  private final Dialect dialect;
  private final int port;
  private final GatewaySettings settings;
  private final GatewayOutput output;
  private final Asking asking;
  private final Epoch epoch = new Epoch();

  /** What is open. */
  private final Map<PortKind, Lease> open = new EnumMap<>(PortKind.class);

  /** What is asked for and not answered: it may be open. */
  private @Nullable MapRequest underWay;

  private @Nullable InetAddress host;
  private @Nullable PortMapping told;
  private long refreshAtNs = Long.MAX_VALUE;
  private boolean released;

  /** Whether the gateway was found restarted in this round, and in the one before. */
  private boolean restarted;

  private boolean restartedBefore;

  /**
   * A port that was granted.
   *
   * @param request with the port that it got
   */
  private record Lease(MapRequest request, long lifetimeNs, long expiresNs) {}

  private GatewayMapper(Dialect dialect, int port, GatewaySettings settings, GatewayOutput output) {
    this.dialect = dialect;
    this.port = port;
    this.settings = settings;
    this.output = output;
    this.asking = new Asking(settings, output);
  }

  /** One that asks by NAT-PMP for a port of this machine. */
  public static GatewayMapper natPmp(int port, GatewaySettings settings, GatewayOutput output) {
    return new GatewayMapper(new NatPmp(), port, settings, output);
  }

  /**
   * One that asks by PCP for a port of this machine.
   *
   * @param client this machine's address as the gateway sees it
   * @param nonces those with which it was asked for before, or new ones
   */
  public static GatewayMapper pcp(
      int port,
      InetAddress client,
      PcpNonces nonces,
      GatewaySettings settings,
      GatewayOutput output) {
    return new GatewayMapper(new Pcp(client, nonces), port, settings, output);
  }

  /** Begins. */
  public void start(long nowNs) {
    refresh(nowNs);
  }

  /**
   * A datagram came from the gateway's port 5351. Datagrams from elsewhere are not to be given:
   * nothing but its sender says that an answer is the gateway's.
   */
  public void onDatagram(byte[] datagram, long nowNs) {
    asking.onDatagram(datagram, nowNs);
  }

  /** The time that {@link #nextDeadlineNs} said has come. */
  public void onTimer(long nowNs) {
    asking.onTimer(nowNs);
    if (open.values().removeIf(lease -> lease.expiresNs - nowNs <= 0) && open.isEmpty()) {
      unmapped("the gateway has not renewed the port in time");
    }
    if (refreshAtNs - nowNs <= 0) {
      refresh(nowNs);
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} if never. */
  public long nextDeadlineNs() {
    long next = Math.min(asking.nextDeadlineNs(), refreshAtNs);
    for (Lease lease : open.values()) {
      next = Math.min(next, lease.expiresNs);
    }
    return next;
  }

  /** Asks for everything again at once: the network may be another one. */
  public void hurry(long nowNs) {
    if (!released) {
      asking.stop();
      refresh(nowNs);
    }
  }

  private void refresh(long nowNs) {
    refreshAtNs = Long.MAX_VALUE;
    restartedBefore = restarted;
    restarted = false;
    map(new ArrayDeque<>(List.of(PortKind.values())), nowNs);
  }

  private void map(Queue<PortKind> kinds, long nowNs) {
    PortKind kind = kinds.poll();
    if (kind == null) {
      mapped(nowNs);
      return;
    }
    MapRequest request = new MapRequest(kind, port, wantedPort(kind), settings.lifetimeSeconds());
    underWay = request;
    ask(
        request,
        nowNs,
        (answer, thenNs) -> {
          underWay = null;
          onMapAnswer(request, answer, thenNs);
          if (answer == null && open.isEmpty()) {
            // Whoever does not answer one question leaves the next one open, too.
            kinds.clear();
          }
          map(kinds, thenNs);
        });
  }

  private void ask(MapRequest request, long nowNs, Asking.Then then) {
    asking.ask(
        dialect.map(request),
        datagram -> dialect.readMap(request, datagram),
        nowNs,
        (answer, thenNs) -> {
          noteEpoch(answer, thenNs);
          then.accept(answer, thenNs);
        });
  }

  private void noteEpoch(@Nullable GatewayAnswer answer, long nowNs) {
    if (answer != null && epoch.isAnew(answer.epochSeconds(), nowNs)) {
      restarted = true;
      output.onRestarted();
    }
  }

  /** The port that it has, or that the other kind has, or its own number. */
  private int wantedPort(PortKind kind) {
    Lease own = open.get(kind);
    Lease any = own != null ? own : open.values().stream().findFirst().orElse(null);
    return any == null ? port : any.request.externalPort();
  }

  /** Without an answer, what was open may be open still, until its time is over. */
  private void onMapAnswer(MapRequest request, @Nullable GatewayAnswer answer, long nowNs) {
    if (answer instanceof GatewayAnswer.Granted granted) {
      long lifetimeNs = TimeUnit.SECONDS.toNanos(granted.lifetimeSeconds());
      open.put(
          request.kind(),
          new Lease(request.wanting(granted.externalPort()), lifetimeNs, nowNs + lifetimeNs));
      host = granted.host() == null ? host : granted.host();
    } else if (answer != null) {
      open.remove(request.kind());
    }
  }

  private void mapped(long nowNs) {
    byte[] question = open.isEmpty() ? null : dialect.external();
    if (question == null) {
      conclude(nowNs);
      return;
    }
    asking.ask(
        question,
        dialect::readExternal,
        nowNs,
        (answer, thenNs) -> {
          noteEpoch(answer, thenNs);
          if (answer != null) {
            host = answer instanceof GatewayAnswer.External external ? external.host() : null;
          }
          conclude(thenNs);
        });
  }

  private void conclude(long nowNs) {
    InetAddress address = host;
    if (open.isEmpty()) {
      again(nowNs, "the gateway opens no port by " + dialect.name());
    } else if (address == null || !PortMapping.isPossible(address)) {
      again(nowNs, "the gateway has no external address");
    } else {
      tell(address);
      refreshAtNs = nowNs + refreshAfterNs();
    }
  }

  /**
   * A gateway that was restarted in the middle of a round has forgotten what it granted before. One
   * that always says so gains nothing by it.
   */
  private long refreshAfterNs() {
    long wantedNs = restarted && !restartedBefore ? 0 : halfLifeNs();
    return Math.min(settings.refreshNs(), Math.max(MIN_REFRESH_NS, wantedNs));
  }

  private long halfLifeNs() {
    return open.values().stream().mapToLong(Lease::lifetimeNs).min().orElse(Long.MAX_VALUE) / 2;
  }

  private void tell(InetAddress address) {
    int port = open.values().iterator().next().request.externalPort();
    Set<PortKind> kinds = EnumSet.noneOf(PortKind.class);
    open.forEach(
        (kind, lease) -> {
          if (lease.request.externalPort() == port) {
            kinds.add(kind);
          }
        });
    PortMapping mapping =
        new PortMapping(new InetSocketAddress(address, port), kinds, dialect.name());
    if (!mapping.equals(told)) {
      told = mapping;
      output.onMapped(mapping);
    }
  }

  private void again(long nowNs, String reason) {
    unmapped(reason);
    release(nowNs, thenNs -> refreshAtNs = thenNs + settings.refreshNs());
  }

  private void unmapped(String reason) {
    told = null;
    output.onUnmapped(reason);
  }

  /** Gives back what is open, or may be; nothing is asked for any more. Idempotent. */
  public void stop(long nowNs) {
    if (released) {
      return;
    }
    released = true;
    told = null;
    refreshAtNs = Long.MAX_VALUE;
    asking.stop();
    MapRequest asked = underWay;
    if (asked != null) {
      open.putIfAbsent(asked.kind(), new Lease(asked, 0, nowNs));
    }
    release(nowNs, thenNs -> output.onReleased());
  }

  private interface Then {
    void run(long nowNs);
  }

  private void release(long nowNs, Then then) {
    Iterator<Lease> leases = open.values().iterator();
    if (!leases.hasNext()) {
      then.run(nowNs);
      return;
    }
    MapRequest request = dialect.release(leases.next().request);
    leases.remove();
    ask(request, nowNs, (answer, thenNs) -> release(thenNs, then));
  }
}
