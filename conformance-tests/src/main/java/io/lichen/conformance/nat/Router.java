// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.Namespaces;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A router with a NAT: a namespace with {@code wan} outside and the bridge {@code lan} inside, on
 * which its hosts are. Not thread-safe.
 */
public final class Router extends Segment implements Segment.Plugged {
  static final String WAN = "wan";
  private static final String LAN = "lan";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int NETWORKS = 250;
  private static final int LAST = 254;

  private final Segment outside;
  private final String network;
  private final Translator translator;
  private String external;
  private int hosts = 1;

  private Router(Segment outside, String namespace, RouterSpec spec) {
    super(namespace, LAN);
    this.outside = outside;
    this.network =
        (spec.carrier() ? "100.64." : "192.168.") + (1 + NUMBER.getAndIncrement() % NETWORKS) + ".";
    this.external = outside.nextAddress(true);
    this.translator =
        spec.inUserSpace()
            ? new UserNat(namespace, spec, network + "0/24")
            : new KernelNat(namespace, spec, network + "0/24");
  }

  static Router make(Segment outside, String namespace, RouterSpec spec) {
    Router router = new Router(outside, namespace, spec);
    outside.plug(namespace, WAN);
    Namespaces.sysctl(namespace, "net.ipv4.ip_forward=1");
    Namespaces.ip(namespace, "address add " + router.gateway() + "/24 dev " + LAN);
    router.goOnline();
    return router;
  }

  /** The name of its namespace. */
  public String namespace() {
    return namespace;
  }

  /** Its address outside. */
  public String external() {
    return external;
  }

  /** Its address inside. */
  public String gateway() {
    return network + "1";
  }

  /** Forgets all mappings; the line stays up. */
  public void flush() {
    translator.flush();
  }

  /** Takes its line down. */
  public void unplug() {
    Namespaces.ip(namespace, "link set " + WAN + " down");
  }

  /** Brings its line up again, with an empty table, as a restart does. */
  public void replug() {
    Namespaces.ip(namespace, "link set " + WAN + " up");
    goOnline();
    flush();
  }

  /** Gets another address from outside; all mappings are lost. */
  public String changeExternal() {
    external = outside.nextAddress(true);
    goOnline();
    flush();
    return external;
  }

  /** Drops UDP in both directions from now on, or lets it through again. */
  public void dropUdp(boolean drop) {
    weather(drop ? "meta l4proto udp drop" : "");
  }

  /** Lets only TCP with one host through from now on. */
  public void keepTo(String host) {
    weather("meta l4proto != tcp drop; ip saddr != %1$s ip daddr != %1$s drop".formatted(host));
  }

  /** Loses a share of what comes in from outside. */
  public void loseInbound(int percent) {
    weather("iifname " + WAN + share(percent) + " drop");
  }

  /** Loses a share of what goes out. */
  public void loseOutbound(int percent) {
    weather("oifname " + WAN + share(percent) + " drop");
  }

  private static String share(int percent) {
    return percent == 100 ? "" : " numgen random mod 100 < " + percent;
  }

  private void weather(String rule) {
    Namespaces.nft(
        namespace,
        """
        table ip weather {
          chain pass { type filter hook forward priority -10; }
        }
        flush chain ip weather pass
        table ip weather {
          chain pass { %s; }
        }
        """
            .formatted(rule));
  }

  private void goOnline() {
    translator.translateTo(external);
    List<String> routes = outside.routes(WAN);
    Namespaces.ip(namespace, routes.toArray(String[]::new));
  }

  @Override
  String nextAddress(boolean forRouter) {
    if (hosts == LAST) {
      throw new IllegalStateException("out of addresses");
    }
    return network + ++hosts;
  }

  @Override
  List<String> routes(String device) {
    return List.of(
        "route replace " + gateway() + " dev " + device,
        "route replace default via " + gateway() + " dev " + device);
  }

  @Override
  public void close() {
    try {
      unplugAll();
    } finally {
      translator.close();
      outside.forget(this);
      Namespaces.remove(namespace);
    }
  }
}
