// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.transport.net.AddressField;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks peers where they see this node (docs/wire/net-nat.md, "Reflex"). One question is under way
 * with a peer at a time, which all share who want to know. Belongs to the node's loop.
 */
public final class ReflexProbes {
  /** How long an answer is waited for. */
  public static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(3);

  /** How often one question is put, at equal distances: packets get lost. */
  static final int SENDS = 3;

  /** Who may wait for answers at once; others are told at once that there is none. */
  public static final int MAX_WAITING = 4096;

  /** Learns what a peer says. */
  @FunctionalInterface
  public interface Answer {
    /** Called once; {@code null} if the peer did not answer in time. */
    void seenAs(@Nullable InetSocketAddress address);
  }

  private static final class Probe {
    final long startNs;
    final List<Answer> waiting = new ArrayList<>();
    int sends = 1;

    Probe(long startNs) {
      this.startNs = startNs;
    }

    long deadlineNs() {
      return startNs + TIMEOUT_NS * sends / SENDS;
    }
  }

  private final NatOutput out;
  private final Map<Long, Probe> probes = new LinkedHashMap<>();
  private int waiting;
  private long unasked;

  /** Asks nobody yet. */
  public ReflexProbes(NatOutput out) {
    this.out = out;
  }

  /** Asks a peer, unless it is being asked. */
  public void probe(long peer, long nowNs, Answer answer) {
    Probe probe = probes.get(peer);
    if (waiting >= MAX_WAITING || (probe == null && !ask(peer))) {
      answer.seenAs(null);
      return;
    }
    if (probe == null) {
      probe = new Probe(nowNs);
      probes.put(peer, probe);
    }
    probe.waiting.add(answer);
    waiting++;
  }

  private boolean ask(long peer) {
    return out.send(peer, SubprotocolIds.REFLEX, new byte[0]);
  }

  /** An event of subprotocol 0x0D00 that is no question has come from a peer. */
  public void onEvent(long peer, ByteBuf event) {
    InetSocketAddress seen =
        event.readableBytes() == AddressField.BYTES ? AddressField.read(event.slice()) : null;
    Probe probe = seen == null || seen.getPort() == 0 ? null : probes.remove(peer);
    if (probe == null) {
      unasked++;
    } else {
      tell(probe, seen);
    }
  }

  private void tell(Probe probe, @Nullable InetSocketAddress seen) {
    waiting -= probe.waiting.size();
    probe.waiting.forEach(answer -> answer.seenAs(seen));
  }

  /** The session with a peer ended: it will not answer. */
  public void onPeerGone(long peer) {
    Probe probe = probes.remove(peer);
    if (probe != null) {
      tell(probe, null);
    }
  }

  /** When {@link #onTimer} is wanted; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    return probes.values().stream().mapToLong(Probe::deadlineNs).min().orElse(Long.MAX_VALUE);
  }

  /** Asks again, and gives up what is over. */
  public void onTimer(long nowNs) {
    for (long peer : List.copyOf(probes.keySet())) {
      Probe probe = probes.get(peer);
      if (probe == null || probe.deadlineNs() - nowNs > 0) {
        continue;
      }
      if (probe.sends++ == SENDS || !ask(peer)) {
        probes.remove(peer);
        tell(probe, null);
      }
    }
  }

  /** Answers that nobody here waits for, or that are none: the transport asks, too. */
  public long unasked() {
    return unasked;
  }
}
