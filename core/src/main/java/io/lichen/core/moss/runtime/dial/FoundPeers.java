// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.dial;

import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.nat.profile.AddressRank;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Dials addresses that others have named. Anybody may name anything, so: literals only, none that
 * lies closer to this machine than who named it, few at a time, each at most once a minute. What
 * does not fit is dropped and counted. The node's loop only.
 */
public final class FoundPeers {
  /** Addresses that wait to be dialled. */
  static final int MAX_WAITING = 64;

  /** Dials under way. */
  static final int MAX_DIALING = 4;

  /** Addresses of which it is remembered when they were named; the oldest goes. */
  static final int MAX_REMEMBERED = 1024;

  /** For how long an address is left alone. */
  static final long AGAIN_NS = 60_000_000_000L;

  private final Executor loop;
  private final Function<PeerAddress, CompletableFuture<Void>> dial;
  private final NodeCounters counters;
  private final Queue<PeerAddress> waiting = new ArrayDeque<>();
  private final Map<PeerAddress, Long> untilNs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerAddress, Long> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };
  private int dialing;

  /**
   * Makes one.
   *
   * @param loop runs tasks on the node's loop
   * @param dial dials, and says when it is over
   */
  public FoundPeers(
      Executor loop, Function<PeerAddress, CompletableFuture<Void>> dial, NodeCounters counters) {
    this.loop = loop;
    this.dial = dial;
    this.counters = counters;
  }

  /**
   * Somebody has named an address.
   *
   * @param address as it was written
   * @param source the address of the one who named it
   */
  public void offer(String address, String source, long nowNs) {
    PeerAddress parsed = parsed(address, source);
    if (parsed == null || waiting.size() >= MAX_WAITING) {
      counters.attachmentsRefused.increment();
      return;
    }
    Long until = untilNs.get(parsed);
    if (until == null || nowNs - until >= 0) {
      untilNs.remove(parsed);
      untilNs.put(parsed, nowNs + AGAIN_NS);
      waiting.add(parsed);
      dialNext();
    }
  }

  private void dialNext() {
    while (dialing < MAX_DIALING && !waiting.isEmpty()) {
      dialing++;
      counters.attachmentsDialed.increment();
      var unused =
          dial.apply(waiting.remove()).whenComplete((ok, failure) -> loop.execute(this::dialed));
    }
  }

  private void dialed() {
    dialing--;
    dialNext();
  }

  private static @Nullable PeerAddress parsed(String address, String source) {
    if (!mayName(source, address)) {
      return null;
    }
    try {
      return PeerAddress.parse(address);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean mayName(String source, String address) {
    return switch (AddressRank.of(address)) {
      case PUBLIC -> true;
      case CARRIER, PRIVATE -> AddressRank.of(source) != AddressRank.PUBLIC;
      case OTHER -> AddressRank.isLoopback(address) && AddressRank.isLoopback(source);
    };
  }
}
