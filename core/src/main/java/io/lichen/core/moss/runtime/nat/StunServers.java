// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.runtime.dial.PeerAddress;
import io.lichen.core.nat.check.NatCheckOptions;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which STUN servers are asked: a few in each round, and others when those did not answer. The
 * node's loop only.
 */
final class StunServers {
  static final int IN_A_ROUND = 4;

  private static final long RESOLVE_LIMIT_MS = 3000;
  private static final Logger LOG = LoggerFactory.getLogger(StunServers.class);

  private final List<String> servers;
  private final InetAddress bound;
  private final Executor resolver;
  private int next;

  /**
   * Makes a list.
   *
   * @param servers {@code host:port}
   * @param bound to which the socket is bound that asks them
   * @param resolver where names may be waited for
   */
  StunServers(List<String> servers, InetAddress bound, Executor resolver) {
    this.servers = List.copyOf(servers);
    this.bound = bound;
    this.resolver = resolver;
  }

  /** Those of a node: its own, or upstream's if it is meant for the public network, or none. */
  static List<String> of(MossConfig config, List<String> staticPeers) {
    if (!config.lichen().stunServers().isEmpty()) {
      return config.lichen().stunServers();
    }
    return StunGate.isOpen(config.trackers(), staticPeers)
        ? NatCheckOptions.PUBLIC_STUN
        : List.of();
  }

  boolean isEmpty() {
    return servers.isEmpty();
  }

  /** Others are asked in the next round. */
  void rotate() {
    next = servers.isEmpty() ? 0 : (next + IN_A_ROUND) % servers.size();
  }

  /** The addresses of those to be asked, without those that have none that can be asked. */
  CompletableFuture<List<InetSocketAddress>> resolve() {
    List<CompletableFuture<@Nullable InetSocketAddress>> asked =
        IntStream.range(0, Math.min(IN_A_ROUND, servers.size()))
            .mapToObj(i -> servers.get((next + i) % servers.size()))
            .map(this::resolveLater)
            .toList();
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(
            unused ->
                asked.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList());
  }

  private CompletableFuture<@Nullable InetSocketAddress> resolveLater(String server) {
    return CompletableFuture.<@Nullable InetSocketAddress>supplyAsync(
            () -> resolve(server), resolver)
        .completeOnTimeout(null, RESOLVE_LIMIT_MS, TimeUnit.MILLISECONDS);
  }

  private @Nullable InetSocketAddress resolve(String server) {
    try {
      PeerAddress address = PeerAddress.parse(server);
      return Arrays.stream(InetAddress.getAllByName(address.host()))
          .filter(this::isOfSocketsFamily)
          .min(Comparator.comparing(each -> !(each instanceof Inet4Address)))
          .map(host -> new InetSocketAddress(host, address.port()))
          .orElse(null);
    } catch (IllegalArgumentException | UnknownHostException e) {
      LOG.debug("STUN server '{}' is left out: {}", server, e.getMessage());
      return null;
    }
  }

  private boolean isOfSocketsFamily(InetAddress host) {
    boolean dual = bound.isAnyLocalAddress() && !(bound instanceof Inet4Address);
    return dual || (host instanceof Inet4Address) == (bound instanceof Inet4Address);
  }
}
