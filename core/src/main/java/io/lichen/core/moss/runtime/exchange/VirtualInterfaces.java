// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.exchange;

import java.util.List;
import java.util.Locale;

/**
 * Tells by their names the network interfaces of tunnels and virtual machines, on whose addresses
 * hardly anybody else can reach this node (docs/wire/moss-mesh.md, "Advertised address").
 * Stateless.
 */
public final class VirtualInterfaces {
  private static final List<String> INSIDE =
      List.of(
          "radmin",
          "vpn",
          "zerotier",
          "tailscale",
          "wireguard",
          "wintun",
          "hamachi",
          "virtualbox",
          "vmware",
          "hyper-v",
          "vethernet",
          "docker",
          "wsl");

  private static final List<String> IN_FRONT = List.of("utun", "tun", "tap", "wg");

  private VirtualInterfaces() {}

  /** Whether an interface of this name is one of them. */
  public static boolean matches(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    return INSIDE.stream().anyMatch(plain::contains)
        || IN_FRONT.stream().anyMatch(plain::startsWith);
  }
}
