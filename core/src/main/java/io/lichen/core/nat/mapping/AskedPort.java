// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.core.nat.local.Uplink;
import io.lichen.nat.gateway.GatewayMapper;
import io.lichen.nat.gateway.GatewayOutput;
import io.lichen.nat.gateway.PortMapping;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port by NAT-PMP or PCP: gives the engine its socket and its time. */
final class AskedPort implements GatewayPort, GatewayOutput {
  private static final Logger LOG = LoggerFactory.getLogger(AskedPort.class);

  private final Uplink uplink;
  private final InetSocketAddress far;
  private final GatewayMapper engine;
  private final Runnable onRestart;
  private @Nullable UdpEnd socket;
  private @Nullable PortMapping mapped;
  private @Nullable PortMapping told;
  private @Nullable String failure;
  private boolean released;

  /**
   * Prepares one.
   *
   * @param port of the protocols
   * @param engine makes the engine that speaks through this
   * @param onRestart told when the router has forgotten what it held
   */
  AskedPort(
      Uplink uplink, int port, Function<GatewayOutput, GatewayMapper> engine, Runnable onRestart) {
    this.uplink = uplink;
    this.far = new InetSocketAddress(uplink.gateway(), port);
    this.engine = engine.apply(this);
    this.onRestart = onRestart;
  }

  @Override
  public PortMapping open() throws IOException, InterruptedException {
    engine.start(System.nanoTime());
    try {
      run(() -> mapped != null || failure != null, Long.MAX_VALUE);
    } catch (PortUnreachableException e) {
      throw new IOException("the router listens at no port " + far.getPort(), e);
    }
    return current();
  }

  @Override
  public PortMapping keep() throws IOException, InterruptedException {
    BooleanSupplier isOther = () -> failure != null || (mapped != null && !mapped.equals(told));
    while (!isOther.getAsBoolean()) {
      try {
        run(isOther, Long.MAX_VALUE);
      } catch (PortUnreachableException e) {
        LOG.debug("The router {} listens no more", uplink, e);
      }
    }
    return current();
  }

  private PortMapping current() throws IOException {
    PortMapping now = mapped;
    if (now == null) {
      throw new IOException(failure);
    }
    told = now;
    return now;
  }

  @Override
  public void hurry() {
    engine.hurry(System.nanoTime());
  }

  @Override
  public void release(Duration limit) throws InterruptedException {
    engine.stop(System.nanoTime());
    long endNs = System.nanoTime() + limit.toNanos();
    try {
      run(() -> released, endNs);
    } catch (IOException e) {
      LOG.debug("The router {} did not take the port back", uplink, e);
    } finally {
      close();
    }
  }

  /** Lets the engine work until something is so, or the time is over. */
  private void run(BooleanSupplier done, long endNs) throws IOException, InterruptedException {
    while (!done.getAsBoolean()) {
      long nowNs = System.nanoTime();
      if (endNs != Long.MAX_VALUE && endNs - nowNs <= 0) {
        return;
      }
      long untilNs = Math.min(engine.nextDeadlineNs(), endNs);
      UdpEnd.Received received = receive(untilNs - nowNs);
      if (received != null) {
        engine.onDatagram(received.octets(), System.nanoTime());
      }
      engine.onTimer(System.nanoTime());
    }
  }

  private UdpEnd.@Nullable Received receive(long limitNs) throws IOException, InterruptedException {
    try {
      return opened().receive(limitNs);
    } catch (InterruptedException e) {
      close();
      throw e;
    }
  }

  private UdpEnd opened() throws IOException {
    UdpEnd known = socket;
    if (known == null) {
      known = UdpEnd.connected(uplink.local().address(), far);
      socket = known;
    }
    return known;
  }

  private void close() {
    UdpEnd known = socket;
    socket = null;
    if (known != null) {
      known.close();
    }
  }

  @Override
  public void send(byte[] datagram) {
    try {
      opened().send(datagram, far);
    } catch (IOException e) {
      LOG.debug("No way to the router {}", uplink, e);
    }
  }

  @Override
  public void onMapped(PortMapping mapping) {
    mapped = mapping;
    failure = null;
  }

  @Override
  public void onUnmapped(String reason) {
    mapped = null;
    failure = reason;
  }

  @Override
  public void onRestarted() {
    onRestart.run();
  }

  @Override
  public void onReleased() {
    released = true;
  }
}
