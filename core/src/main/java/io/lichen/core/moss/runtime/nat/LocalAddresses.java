// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The addresses of this machine. */
final class LocalAddresses {
  private LocalAddresses() {}

  /** All of its interfaces, asked for on another thread; none if the system does not say. */
  static CompletableFuture<List<InetAddress>> later(Executor executor) {
    return CompletableFuture.supplyAsync(LocalAddresses::all, executor);
  }

  private static List<InetAddress> all() {
    try {
      return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList();
    } catch (SocketException e) {
      return List.of();
    }
  }
}
