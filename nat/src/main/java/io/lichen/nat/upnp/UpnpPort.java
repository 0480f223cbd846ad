// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import io.lichen.nat.gateway.PortKind;
import io.lichen.nat.gateway.PortMapping;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A port of this machine at a UPnP gateway: opened for UDP and for TCP under the same number if the
 * gateway can, for one of them if it must (docs/wire/port-mapping.md, "UPnP"). Every call waits for
 * the gateway; not thread-safe.
 */
public final class UpnpPort {
  private static final int TRIES = 4;
  private static final String ONLY_PERMANENT_LEASES = "725";
  private static final int LOWEST_RANDOM_PORT = 10_000;
  private static final int PORTS = 1 << 16;

  private final WanService service;
  private final GatewayHttp http;
  private final InetAddress client;
  private final int port;
  private final RandomGenerator random;

  /** What is open, or was asked for without an answer. */
  private final Map<PortKind, Integer> open = new EnumMap<>(PortKind.class);

  private UpnpPort(
      WanService service, GatewayHttp http, InetAddress client, int port, RandomGenerator random) {
    this.service = service;
    this.http = http;
    this.client = client;
    this.port = port;
    this.random = random;
  }

  /**
   * The port at the first of the services that is in use.
   *
   * @param client this machine's address in the gateway's network
   * @throws UpnpException if none of the services translates
   */
  public static UpnpPort at(
      List<WanService> services,
      GatewayHttp http,
      InetAddress client,
      int port,
      RandomGenerator random)
      throws IOException, InterruptedException {
    for (WanService service : services) {
      if (isInUse(service, http)) {
        return new UpnpPort(service, http, client, port, random);
      }
    }
    throw new UpnpException("the gateway has no service that translates addresses");
  }

  private static boolean isInUse(WanService service, GatewayHttp http)
      throws IOException, InterruptedException {
    try {
      String enabled =
          SoapCall.of("GetNATRSIPStatus").to(service, http).getOrDefault("NewNATEnabled", "");
      return enabled.equals("1") || enabled.equalsIgnoreCase("true");
    } catch (UpnpException e) {
      return false;
    }
  }

  /**
   * Opens the port, or keeps it open for longer.
   *
   * @param lifetimeSeconds for how long; gateways that know no such thing keep it until {@link
   *     #close}
   * @throws UpnpException if the gateway opens nothing, or has no address that leads anywhere; then
   *     nothing is open
   */
  public PortMapping open(long lifetimeSeconds) throws IOException, InterruptedException {
    UpnpException refusal = null;
    for (PortKind kind : PortKind.values()) {
      try {
        open.put(kind, map(kind, lifetimeSeconds));
      } catch (UpnpException e) {
        open.remove(kind);
        refusal = e;
      }
    }
    if (open.isEmpty()) {
      throw refusal == null ? new UpnpException("the gateway opens nothing") : refusal;
    }
    int external = open.values().iterator().next();
    Set<PortKind> kinds = EnumSet.copyOf(open.keySet());
    kinds.removeIf(kind -> !Objects.equals(open.get(kind), external));
    try {
      return new PortMapping(new InetSocketAddress(externalHost(), external), kinds, "UPnP");
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private int map(PortKind kind, long lifetimeSeconds) throws IOException, InterruptedException {
    int wanted = wantedPort(kind);
    open.put(kind, wanted);
    if (service.type().equals(WanService.IP_2)) {
      Map<String, String> answer =
          adding("AddAnyPortMapping", kind, wanted, lifetimeSeconds).to(service, http);
      return port(answer.getOrDefault("NewReservedPort", ""));
    }
    for (int tries = 1; ; tries++) {
      try {
        add(kind, wanted, lifetimeSeconds);
        return wanted;
      } catch (UpnpException e) {
        if (tries == TRIES) {
          throw e;
        }
        wanted = random.nextInt(LOWEST_RANDOM_PORT, PORTS);
        open.put(kind, wanted);
      }
    }
  }

  private void add(PortKind kind, int wanted, long lifetimeSeconds)
      throws IOException, InterruptedException {
    try {
      var unused = adding("AddPortMapping", kind, wanted, lifetimeSeconds).to(service, http);
    } catch (UpnpException e) {
      if (!e.code().equals(ONLY_PERMANENT_LEASES)) {
        throw e;
      }
      var unused = adding("AddPortMapping", kind, wanted, 0).to(service, http);
    }
  }

  private int wantedPort(PortKind kind) {
    Integer own = open.get(kind);
    return own != null ? own : open.values().stream().findFirst().orElse(port);
  }

  private SoapCall adding(String action, PortKind kind, int wanted, long lifetimeSeconds) {
    return SoapCall.of(action)
        .with("NewRemoteHost", "")
        .with("NewExternalPort", wanted)
        .with("NewProtocol", kind)
        .with("NewInternalPort", port)
        .with("NewInternalClient", client.getHostAddress())
        .with("NewEnabled", 1)
        .with("NewPortMappingDescription", "moss")
        .with("NewLeaseDuration", lifetimeSeconds);
  }

  private static int port(String text) throws UpnpException {
    try {
      int port = Integer.parseInt(text);
      if (port > 0 && port < PORTS) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new UpnpException("the gateway grants no port but " + text, e);
    }
    throw new UpnpException("the gateway grants no port but " + text);
  }

  private InetAddress externalHost() throws IOException, InterruptedException {
    Map<String, String> answer = SoapCall.of("GetExternalIPAddress").to(service, http);
    String text = answer.getOrDefault("NewExternalIPAddress", "");
    try {
      InetAddress host = InetAddress.ofLiteral(text);
      if (PortMapping.isPossible(host)) {
        return host;
      }
    } catch (IllegalArgumentException e) {
      throw new UpnpException("the gateway's external address is none: " + text, e);
    }
    throw new UpnpException("the gateway has no external address");
  }

  /**
   * Gives back what is open. Idempotent.
   *
   * @throws IOException if the gateway did not take all of it back; it is tried once for each
   */
  public void close() throws IOException, InterruptedException {
    IOException failure = null;
    for (PortKind kind : PortKind.values()) {
      Integer external = open.remove(kind);
      if (external != null) {
        failure = failed(kind, external, failure);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private @Nullable IOException failed(PortKind kind, int external, @Nullable IOException before)
      throws InterruptedException {
    try {
      var unused =
          SoapCall.of("DeletePortMapping")
              .with("NewRemoteHost", "")
              .with("NewExternalPort", external)
              .with("NewProtocol", kind)
              .to(service, http);
      return before;
    } catch (IOException e) {
      return e;
    }
  }
}
