// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.transport.rate.Places;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The inits that were answered, bounded in number, by address and in time. For one socket address a
 * few are kept beside each other, so that neither a late copy of an older init nor a forged one
 * destroys the handshake that is under way.
 */
final class UdpPendingTable {
  /** Handshakes kept for one socket address; the oldest makes room once it has had its chance. */
  static final int PER_SOCKET_ADDRESS = 3;

  /** How old a handshake is before a newer one from the same address may take its place. */
  static final long CHANCE_NS = 500_000_000L;

  private final UdpLimits limits;
  private final Map<InetSocketAddress, List<UdpPending>> byAddress = new HashMap<>();
  private final Map<InetAddress, Integer> countByPlace = new HashMap<>();
  // In the order of expiry, since all live equally long from their last init.
  private final LinkedHashMap<UdpPending, InetSocketAddress> all = new LinkedHashMap<>();

  UdpPendingTable(UdpLimits limits) {
    this.limits = limits;
  }

  int count() {
    return all.size();
  }

  List<UdpPending> at(InetSocketAddress address) {
    return byAddress.getOrDefault(address, List.of());
  }

  @Nullable UdpPending find(InetSocketAddress address, byte[] init) {
    for (UdpPending pending : at(address)) {
      if (pending.isFor(init)) {
        return pending;
      }
    }
    return null;
  }

  /** Why there is no place for one more from this address, or {@code null} if there is. */
  @Nullable String refusal(InetSocketAddress address, long nowNs) {
    List<UdpPending> here = at(address);
    if (here.size() >= PER_SOCKET_ADDRESS) {
      return nowNs - here.getFirst().bornNs() < CHANCE_NS ? "address_full" : null;
    }
    if (all.size() >= limits.maxPending()) {
      return "full";
    }
    int fromPlace = countByPlace.getOrDefault(Places.of(address.getAddress()), 0);
    return fromPlace >= limits.maxPendingPerAddress() ? "address_full" : null;
  }

  void add(InetSocketAddress address, UdpPending pending) {
    List<UdpPending> before = at(address);
    if (before.size() >= PER_SOCKET_ADDRESS) {
      remove(before.getFirst());
    }
    byAddress.computeIfAbsent(address, key -> new ArrayList<>(1)).add(pending);
    countByPlace.merge(Places.of(address.getAddress()), 1, Integer::sum);
    pending.liveUntil(pending.bornNs() + limits.pendingNs());
    all.put(pending, address);
  }

  /**
   * Its init has come again, so its initiator has not got our answer yet: its time begins anew. A
   * session that only the initiator has would be the price of letting it expire in between.
   */
  void renew(UdpPending pending, long nowNs) {
    InetSocketAddress address = all.get(pending);
    if (address != null) {
      pending.liveUntil(nowNs + limits.pendingNs());
      all.putLast(pending, address);
    }
  }

  void remove(UdpPending pending) {
    InetSocketAddress address = all.remove(pending);
    if (address == null) {
      return;
    }
    countByPlace.computeIfPresent(
        Places.of(address.getAddress()), (key, number) -> number == 1 ? null : number - 1);
    List<UdpPending> here = byAddress.get(address);
    if (here != null) {
      here.remove(pending);
      if (here.isEmpty()) {
        byAddress.remove(address);
      }
    }
  }

  void removeAll(InetSocketAddress address) {
    List.copyOf(at(address)).forEach(this::remove);
  }

  void expire(long nowNs) {
    while (!all.isEmpty()) {
      UdpPending oldest = all.firstEntry().getKey();
      if (nowNs - oldest.expiresNs() < 0) {
        return;
      }
      remove(oldest);
    }
  }

  /** When the oldest expires; {@link Long#MAX_VALUE} if there is none. */
  long nextExpiryNs() {
    return all.isEmpty() ? Long.MAX_VALUE : all.firstEntry().getKey().expiresNs();
  }
}
