// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.core.nat.local.Uplink;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.gateway.PortMapping;
import io.lichen.nat.upnp.GatewayHttp;
import io.lichen.nat.upnp.UpnpException;
import io.lichen.nat.upnp.UpnpPort;
import io.lichen.nat.upnp.WanService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A port by UPnP. It is asked for again and again ({@link GatewaySettings#refreshNs}); a router
 * that does not take it then is looked for anew, because one that was restarted is asked elsewhere.
 */
final class IgdPort implements GatewayPort {
  /** For looking for a router, and opening the port there. */
  private static final Duration OPEN_LIMIT = Duration.ofSeconds(12);

  private static final int OK = 200;
  private static final Logger LOG = LoggerFactory.getLogger(IgdPort.class);

  private final Uplink uplink;
  private final InetSocketAddress group;
  private final int port;
  private final GatewaySettings settings;
  private final RandomGenerator random;
  private final GatewayCalls calls;
  private @Nullable UpnpPort opened;
  private @Nullable PortMapping told;
  private long expiresNs;
  private boolean hurried;

  IgdPort(
      Uplink uplink,
      InetSocketAddress group,
      int port,
      GatewaySettings settings,
      RandomGenerator random) {
    this.uplink = uplink;
    this.group = group;
    this.port = port;
    this.settings = settings;
    this.random = random;
    this.calls = new GatewayCalls(uplink.local().address());
  }

  @Override
  public PortMapping open() throws IOException, InterruptedException {
    return calls.during(OPEN_LIMIT, this::find);
  }

  private PortMapping find() throws IOException, InterruptedException {
    IOException failure = new IOException("no router answers by UPnP");
    for (URI description : new SsdpSearch(uplink, group).find()) {
      try {
        UpnpPort found = UpnpPort.at(services(description), calls, client(), port, random);
        // Whatever becomes of it, it is to be given back.
        opened = found;
        return noted(found.open(settings.lifetimeSeconds()));
      } catch (IOException e) {
        failure = e;
      }
    }
    throw failure;
  }

  private InetAddress client() {
    return uplink.local().address();
  }

  private List<WanService> services(URI description) throws IOException, InterruptedException {
    GatewayHttp.Answer answer = calls.get(description);
    if (answer.status() != OK) {
      throw new UpnpException("the gateway has no description: HTTP " + answer.status());
    }
    return WanService.of(description, answer.body());
  }

  private PortMapping noted(PortMapping mapping) {
    told = mapping;
    expiresNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(settings.lifetimeSeconds());
    return mapping;
  }

  @Override
  public PortMapping keep() throws IOException, InterruptedException {
    PortMapping before = told;
    while (true) {
      if (!hurried) {
        TimeUnit.NANOSECONDS.sleep(refreshNs());
      }
      hurried = false;
      PortMapping now = renewed();
      if (!now.equals(before)) {
        return now;
      }
    }
  }

  private long refreshNs() {
    return Math.min(settings.refreshNs(), TimeUnit.SECONDS.toNanos(settings.lifetimeSeconds()) / 2);
  }

  /** What is open now; as before, as long as a silent router may hold it open. */
  private PortMapping renewed() throws IOException, InterruptedException {
    try {
      return calls.during(OPEN_LIMIT, this::renew);
    } catch (IOException e) {
      PortMapping before = told;
      boolean over = expiresNs - System.nanoTime() <= 0;
      if (before == null || over || e instanceof UpnpException) {
        throw e;
      }
      LOG.debug("The router {} does not answer", uplink, e);
      return before;
    }
  }

  private PortMapping renew() throws IOException, InterruptedException {
    UpnpPort known = opened;
    if (known == null) {
      return find();
    }
    try {
      return noted(known.open(settings.lifetimeSeconds()));
    } catch (IOException e) {
      LOG.debug("The router {} does not renew the port: looking for it again", uplink, e);
      return find();
    }
  }

  @Override
  public void hurry() {
    hurried = true;
  }

  @Override
  public void release(Duration limit) throws InterruptedException {
    UpnpPort known = opened;
    opened = null;
    if (known == null) {
      return;
    }
    try {
      var unused =
          calls.during(
              limit,
              () -> {
                known.close();
                return known;
              });
    } catch (IOException e) {
      LOG.debug("The router {} did not take the port back", uplink, e);
    }
  }
}
