// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import io.lichen.conformance.netns.Namespaces;
import java.util.List;

/**
 * Two network namespaces with one wire between them; nobody else can be reached from them. On
 * documentation addresses they look to a native like the open internet.
 *
 * <p>Needs root and iproute2. What was made is unmade by {@link #close}, or at the latest when this
 * process ends.
 */
public final class NetworkPair implements AutoCloseable {
  private static final String INTERNET = "192.0.2.";
  private static final String LAN = "10.20.30.";

  private final String left = Namespaces.make("left");
  private final String right = Namespaces.make("right");
  private final String network;

  /** What does not pass. */
  private enum Wall {
    NONE,
    AGAINST_TCP,
    BEFORE_LEFT
  }

  private NetworkPair(String network, Wall wall) {
    this.network = network;
    try {
      make(wall);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Whether this machine lets us make namespaces. */
  public static boolean isPossible() {
    return Namespaces.arePossible("ip");
  }

  /** An internet on which TCP to the other side is refused at once and UDP passes. */
  public static NetworkPair udpInternet() {
    return new NetworkPair(INTERNET, Wall.AGAINST_TCP);
  }

  /** An internet in which nobody on the right can open a TCP connection to the left. */
  public static NetworkPair internetWithFirewall() {
    return new NetworkPair(INTERNET, Wall.BEFORE_LEFT);
  }

  /** An internet without walls. */
  public static NetworkPair internet() {
    return new NetworkPair(INTERNET, Wall.NONE);
  }

  /** A local network with private addresses. */
  public static NetworkPair lan() {
    return new NetworkPair(LAN, Wall.NONE);
  }

  /** The name of one namespace. */
  public String left() {
    return left;
  }

  /** The name of the other. */
  public String right() {
    return right;
  }

  /** The address in {@link #left}. */
  public String leftAddress() {
    return network + "1";
  }

  /** The address in {@link #right}. */
  public String rightAddress() {
    return network + "2";
  }

  /** A second address in {@link #right}. */
  public String otherRightAddress() {
    return network + "3";
  }

  /** Lets processes that are started in either namespace from now on find names at an address. */
  public void name(List<String> names, String address) {
    Namespaces.name(left, names, address);
    Namespaces.name(right, names, address);
  }

  @Override
  public void close() {
    Namespaces.remove(left);
    Namespaces.remove(right);
  }

  private void make(Wall wall) {
    Namespaces.ip(left, "link add wire type veth peer name wire netns " + right);
    makeSide(left, leftAddress());
    makeSide(right, rightAddress(), otherRightAddress());
    switch (wall) {
      case NONE -> {}
      case AGAINST_TCP -> {
        refuseTcp(left, rightAddress());
        refuseTcp(right, leftAddress());
      }
      case BEFORE_LEFT -> dropCallsFrom(right);
    }
  }

  private static void makeSide(String namespace, String... addresses) {
    for (String address : addresses) {
      Namespaces.ip(namespace, "address add " + address + "/24 broadcast + dev wire");
    }
    Namespaces.ip(namespace, "link set wire up");
  }

  private static void refuseTcp(String namespace, String to) {
    Namespaces.ip(namespace, "rule add to " + to + " ipproto tcp prohibit");
  }

  /** Drops what opens a TCP connection, and no answer. */
  private static void dropCallsFrom(String namespace) {
    Namespaces.nft(
        namespace,
        """
        table inet wall {
          chain out {
            type filter hook output priority 0
            oifname wire tcp flags & (syn|ack) == syn drop
            oifname wire udp dport != 44445 drop
          }
        }
        """);
  }
}
