// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.handshake;

import io.lichen.crypto.PeerId;
import io.lichen.transport.moss.codec.DatagramKind;
import io.lichen.transport.rate.HandshakeRate;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All handshakes of one UDP socket, in both roles (docs/wire/moss-transport.md, "UDP carrier").
 *
 * <p>Datagrams, calls and the time go in; datagrams, sessions and failures come out through the
 * {@link UdpSink}. Not thread-safe; knows no socket, thread or clock. Times are of any monotonic
 * clock in nanoseconds; the owner calls {@link #onTimer} at {@link #nextTimerNs}.
 */
public final class UdpHandshakes {
  /** Not sooner than any round trip worth having: a faster repeat undoes itself at the native. */
  static final long INIT_REPEAT_NS = 1_000_000_000L;

  /** Where a NAT may have swallowed the first: the way is short enough, or both dial anyway. */
  static final long RACE_REPEAT_NS = 400_000_000L;

  static final long DONE_REPEAT_NS = 250_000_000L;

  /** After the other side's init came, ours goes out again: the first may have met a closed NAT. */
  static final long HEARD_NS = 120_000_000L;

  /** Nor sooner than this where the other side repeats its init as only natives do. */
  static final long NATIVE_REPEAT_NS = 500_000_000L;

  /** A dial that is asked for again does not send more often than this. */
  static final long AGAIN_NS = 250_000_000L;

  /** How long a dial that gave way waits for the other side's before it goes on. */
  static final long YIELD_NS = 3_000_000_000L;

  /** Kinds 3 that do not fit, after which a pending handshake is given up. */
  static final int MAX_BAD_DONES = 32;

  private final HandshakeContext context;
  private final UdpLimits limits;
  private final HandshakeRate rate;
  private final UdpSink sink;
  private final UdpPendingTable pendings;
  private final Map<InetSocketAddress, UdpDial> dials = new HashMap<>();
  // Sessions that this node opened and from which nothing has come yet: kind 3 may be lost.
  private final Map<InetSocketAddress, UdpDial> unconfirmed = new HashMap<>();
  // The init that led to a session opened by the other side: its late copies mean nothing.
  private final Map<InetSocketAddress, byte[]> finishedInits = new HashMap<>();

  /** An engine without handshakes. */
  public UdpHandshakes(
      HandshakeContext context, UdpLimits limits, HandshakeRate rate, UdpSink sink) {
    this.context = context;
    this.limits = limits;
    this.rate = rate;
    this.sink = sink;
    this.pendings = new UdpPendingTable(limits);
  }

  /**
   * Begins a dial and sends its init.
   *
   * @param remoteStatic the other side's 32-octet Noise static key for IK, {@code null} for XX
   * @param fallbackNs when IK gives way to XX
   * @return {@code null} if there is a session with or a dial to this address already
   * @throws HandshakeException if the static key is of low order
   */
  public @Nullable UdpDial dial(
      InetSocketAddress address,
      byte @Nullable [] remoteStatic,
      long fallbackNs,
      long deadlineNs,
      long nowNs) {
    return begin(new UdpDial(context, address, remoteStatic, fallbackNs, deadlineNs, null), nowNs);
  }

  /**
   * Begins a dial with XX to where one certain peer may be; another that answers gets no session.
   *
   * @return {@code null} if there is a session with or a dial to this address already
   */
  public @Nullable UdpDial dial(
      InetSocketAddress address, PeerId expected, long deadlineNs, long nowNs) {
    return begin(new UdpDial(context, address, null, deadlineNs, deadlineNs, expected), nowNs);
  }

  private @Nullable UdpDial begin(UdpDial dial, long nowNs) {
    InetSocketAddress address = dial.address();
    if (sink.sessionWith(address) != null || dials.putIfAbsent(address, dial) != null) {
      return null;
    }
    sendInit(dial, nowNs);
    return dial;
  }

  /** Sends the init of a dial once more, unless that was done just now. */
  public void again(InetSocketAddress address, long nowNs) {
    UdpDial dial = dials.get(address);
    if (dial != null && !dial.yielded && nowNs - dial.sentNs >= AGAIN_NS) {
      sendInit(dial, nowNs);
    }
  }

  private void sendInit(UdpDial dial, long nowNs) {
    dial.repeat.start(nowNs, dial.isRace() ? RACE_REPEAT_NS : INIT_REPEAT_NS);
    dial.sentNs = nowNs;
    sink.send(dial.address(), DatagramKind.INIT, dial.init());
  }

  /** Gives up a dial without telling anybody. */
  public void cancel(UdpDial dial) {
    dials.remove(dial.address(), dial);
  }

  /** A datagram of kind 1, 2 or 3. */
  public void onDatagram(InetSocketAddress from, int kind, byte[] payload, long nowNs) {
    switch (kind) {
      case DatagramKind.INIT -> onInit(from, payload, nowNs);
      case DatagramKind.RESPONSE -> onResponse(from, payload, nowNs);
      case DatagramKind.DONE -> onDone(from, payload, nowNs);
      default -> throw new IllegalArgumentException("kind " + kind + " is no handshake's");
    }
  }

  /** The first authentic packet of a session: the other side has what it needs. */
  public void onConfirmed(InetSocketAddress address) {
    unconfirmed.remove(address);
  }

  /** A session is over. */
  public void onSessionEnded(InetSocketAddress address) {
    unconfirmed.remove(address);
    finishedInits.remove(address);
  }

  private void onInit(InetSocketAddress from, byte[] init, long nowNs) {
    pendings.expire(nowNs);
    UdpDial dial = dials.get(from);
    if (dial != null && dial.winsAgainst(init)) {
      // Both dial: the other side, seeing our init, answers it ("Simultaneous dial").
      dial.hear(nowNs);
      return;
    }
    UdpDial confirming = unconfirmed.get(from);
    if (confirming != null && confirming.winsAgainst(init)) {
      return;
    }
    if (Arrays.equals(finishedInits.get(from), init)) {
      return;
    }
    UdpPending pending = pendings.find(from, init);
    if (pending != null) {
      pendings.renew(pending, nowNs);
    } else {
      pending = answer(from, init, nowNs);
    }
    if (pending == null) {
      return;
    }
    if (dial != null && !dial.yielded && !Arrays.equals(init, dial.init())) {
      dial.yielded = true;
      dial.yieldedUntilNs = nowNs + YIELD_NS;
    }
    sink.send(from, DatagramKind.RESPONSE, pending.response());
  }

  private @Nullable UdpPending answer(InetSocketAddress from, byte[] init, long nowNs) {
    String refusal = pendings.refusal(from, nowNs);
    if (refusal != null) {
      sink.refused(from, "init_" + refusal, "too many handshakes under way");
      return null;
    }
    if (!rate.take(from.getAddress(), nowNs)) {
      sink.refused(from, "init_rate", "too many handshakes in a short time");
      return null;
    }
    try {
      UdpPending pending = new UdpPending(context, init, nowNs);
      pendings.add(from, pending);
      return pending;
    } catch (HandshakeException e) {
      sink.refused(from, "init_" + e.counterName(), e.detail());
      return null;
    }
  }

  private void onResponse(InetSocketAddress from, byte[] message, long nowNs) {
    UdpDial dial = dials.get(from);
    if (dial == null || dial.yielded) {
      return;
    }
    Established established;
    try {
      established = dial.respond(message);
    } catch (HandshakeException e) {
      sink.refused(from, "response_" + e.counterName(), e.detail());
      if (dial.refuse(e)) {
        dials.remove(from);
        sink.failed(dial, false, "too many bad responses, the last: " + dial.lastRefusal());
      }
      return;
    }
    dials.remove(from);
    // What the other side began before is void: it has what this node's handshake leads to.
    pendings.removeAll(from);
    unconfirmed.put(from, dial);
    dial.repeat.start(nowNs, DONE_REPEAT_NS);
    sendDone(dial);
    sink.established(from, established, true, dial);
  }

  private void sendDone(UdpDial dial) {
    byte[] done = dial.done;
    if (done != null) {
      sink.send(dial.address(), DatagramKind.DONE, done);
    }
  }

  private void onDone(InetSocketAddress from, byte[] message, long nowNs) {
    pendings.expire(nowNs);
    List<UdpPending> candidates = List.copyOf(pendings.at(from));
    if (candidates.isEmpty()) {
      // A repeat for a session that stands, or nothing that was asked for.
      return;
    }
    HandshakeException refusal = null;
    for (UdpPending pending : candidates) {
      try {
        accept(from, pending, pending.finish(message));
        return;
      } catch (HandshakeException e) {
        refusal = e;
        if (pending.refuse(MAX_BAD_DONES)) {
          pendings.remove(pending);
        }
      }
    }
    if (refusal != null) {
      sink.refused(from, "done_" + refusal.counterName(), refusal.detail());
    }
  }

  private void accept(InetSocketAddress from, UdpPending pending, Established established) {
    PeerId present = sink.sessionWith(from);
    if (present != null && !present.equals(established.remoteId())) {
      pendings.remove(pending);
      sink.refused(from, "done_other_peer", "there is a session with " + present);
      return;
    }
    pendings.removeAll(from);
    UdpDial dial = dials.remove(from);
    sink.established(from, established, false, dial);
    finishedInits.put(from, pending.init());
  }

  /** Repeats what is due and gives up what is late. */
  public void onTimer(long nowNs) {
    pendings.expire(nowNs);
    for (UdpDial dial : new ArrayList<>(dials.values())) {
      onDialTimer(dial, nowNs);
    }
    unconfirmed.values().removeIf(dial -> nowNs - dial.deadlineNs() >= limits.pendingNs());
    for (UdpDial dial : unconfirmed.values()) {
      if (dial.repeat.fires(nowNs)) {
        sendDone(dial);
      }
    }
  }

  private void onDialTimer(UdpDial dial, long nowNs) {
    if (nowNs - dial.deadlineNs() >= 0) {
      dials.remove(dial.address());
      String refusal = dial.lastRefusal();
      sink.failed(
          dial,
          refusal == null,
          refusal == null ? "no answer from " + dial.address() : "refused: " + refusal);
    } else if (dial.isIk() && nowNs - dial.fallbackNs() >= 0) {
      dial.fallBack();
      sendInit(dial, nowNs);
    } else if (dial.yielded) {
      if (nowNs - dial.yieldedUntilNs >= 0) {
        dial.yielded = false;
        sendInit(dial, nowNs);
      }
    } else if (dial.repeat.fires(nowNs)) {
      dial.sentNs = nowNs;
      sink.send(dial.address(), DatagramKind.INIT, dial.init());
    }
  }

  /** When {@link #onTimer} has something to do; {@link Long#MAX_VALUE} if never. */
  public long nextTimerNs() {
    long next = pendings.nextExpiryNs();
    for (UdpDial dial : dials.values()) {
      long repeat = dial.yielded ? dial.yieldedUntilNs : dial.repeat.dueNs();
      next = Math.min(next, Math.min(repeat, Math.min(dial.fallbackNs(), dial.deadlineNs())));
    }
    for (UdpDial dial : unconfirmed.values()) {
      next = Math.min(next, Math.min(dial.repeat.dueNs(), dial.deadlineNs() + limits.pendingNs()));
    }
    return next;
  }

  /** Handshakes of strangers under way. */
  public int pendingCount() {
    return pendings.count();
  }
}
