// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.netns.Commands;
import io.lichen.conformance.netns.Conntrack;
import io.lichen.conformance.netns.Namespaces;

/**
 * The kernel's NAT. By itself it is port-restricted, or symmetric if it is told to draw ports. It
 * keeps ports, so a cone needs a list only of who inside owns which port, and of who was sent to
 * from there: those get in although the kernel knows no connection of theirs.
 *
 * <p>Unwanted datagrams are dropped without an answer. Were they let in and refused, the kernel
 * would remember them as connections, and give another port to whoever sends there next.
 */
final class KernelNat implements Translator {
  private static final String RULES =
      """
      table ip nat {}
      delete table ip nat
      table ip nat {
        map owner {
          type inet_service : ipv4_addr . inet_service
          flags dynamic,timeout
          timeout ${life}s
        }
        set sent {
          type ${type}
          flags dynamic,timeout
          timeout ${life}s
        }
        chain learn {
          type filter hook prerouting priority -150
          iifname "lan" meta l4proto udp ip daddr != ${lan} update @owner { udp sport : ip saddr . udp sport } update @sent { ${out} }
        }
        chain in {
          type nat hook prerouting priority -100
          ${in}
          ${hairpin}
        }
        chain out {
          type nat hook postrouting priority 100
          oifname "lan" ct status dnat ip saddr ${lan} snat to ${external}
          oifname "wan" ${masquerade}
        }
        chain pass {
          type filter hook forward priority 0; policy drop
          iifname "lan" oifname "wan" accept
          ct state established,related accept
          ct status dnat accept
        }
        chain here {
          type filter hook input priority 0
          iifname "wan" ct state != established drop
          iifname "lan" ip daddr ${external} drop
        }
      }
      """;

  private final String namespace;
  private final RouterSpec spec;
  private final String lan;

  KernelNat(String namespace, RouterSpec spec, String lan) {
    this.namespace = namespace;
    this.spec = spec;
    this.lan = lan;
  }

  @Override
  public void translateTo(String external) {
    long lifetimeS = spec.lifetime().toSeconds();
    Commands.succeeds(
        "ip", "-n", namespace, "address", "flush", "dev", Router.WAN, "scope", "global");
    Namespaces.ip(namespace, "address add " + external + "/32 dev " + Router.WAN);
    Namespaces.nft(
        namespace,
        RULES
            .replace("${type}", keyType())
            .replace("${out}", key("ip daddr", "udp dport", "udp sport"))
            .replace("${hairpin}", spec.hairpin() ? hairpin() : "")
            .replace("${in}", isCone() ? in() : "")
            .replace("${masquerade}", isCone() ? "masquerade" : "masquerade fully-random")
            .replace("${external}", external)
            .replace("${lan}", lan)
            .replace("${life}", Long.toString(lifetimeS)));
    // The kernel knows these once it tracks connections.
    Namespaces.sysctl(
        namespace,
        "net.netfilter.nf_conntrack_udp_timeout=" + lifetimeS,
        "net.netfilter.nf_conntrack_udp_timeout_stream=" + lifetimeS);
  }

  private boolean isCone() {
    return spec.kind() != NatKind.SYMMETRIC;
  }

  private String keyType() {
    return switch (spec.kind().rules().filtering()) {
      case ENDPOINT_INDEPENDENT -> "inet_service";
      case ADDRESS_DEPENDENT -> "ipv4_addr . inet_service";
      case ADDRESS_AND_PORT_DEPENDENT -> "ipv4_addr . inet_service . inet_service";
    };
  }

  /** What is remembered of a datagram out, and looked up for one in. */
  private String key(String remote, String remotePort, String ownPort) {
    return switch (spec.kind().rules().filtering()) {
      case ENDPOINT_INDEPENDENT -> ownPort;
      case ADDRESS_DEPENDENT -> remote + " . " + ownPort;
      case ADDRESS_AND_PORT_DEPENDENT -> remote + " . " + remotePort + " . " + ownPort;
    };
  }

  private String in() {
    return "iifname \"wan\" ip daddr ${external} "
        + key("ip saddr", "udp sport", "udp dport")
        + " @sent dnat ip to udp dport map @owner";
  }

  /** Those inside come from the external address, too, and keep their ports. */
  private String hairpin() {
    return "iifname \"lan\" ip daddr ${external} "
        + key("ip daddr", "udp sport", "udp dport")
        + " @sent dnat ip to udp dport map @owner";
  }

  @Override
  public void flush() {
    Namespaces.nft(namespace, "flush map ip nat owner\nflush set ip nat sent\n");
    Conntrack.flush(namespace);
  }

  @Override
  public void close() {
    // It ends with its namespace.
  }
}
