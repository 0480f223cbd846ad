// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.FaultGuard;
import io.lichen.nat.profile.NatProfile;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The matters of NAT traversal of one node: leads to them what the sessions bring, and what the
 * node is behind. Parts are added before the node's loop starts; then the node's loop only, but for
 * {@link #profile()}.
 */
public final class NatParts {
  private final FaultGuard faults;
  private final LongAdder ignored;
  private final Map<EnvelopeType, ControlHandler> handlers = new EnumMap<>(EnvelopeType.class);
  private final Map<String, ControlHandler> expected = new HashMap<>();
  private final List<NatPart> parts = new ArrayList<>();
  private boolean stopped;
  private volatile NatProfile profile = NatProfile.UNKNOWN;

  /**
   * Makes one without parts.
   *
   * @param ignored counts envelopes of types that no part takes
   */
  public NatParts(FaultGuard faults, LongAdder ignored) {
    this.faults = faults;
    this.ignored = ignored;
  }

  /** Adds a part. */
  public void add(NatPart part) {
    parts.add(part);
  }

  /**
   * Sets who takes the envelopes of a type.
   *
   * @throws IllegalStateException if somebody does already
   */
  public void handle(EnvelopeType type, ControlHandler handler) {
    if (handlers.putIfAbsent(type, handler) != null) {
      throw new IllegalStateException(type + " has a handler");
    }
  }

  /**
   * Sets who takes the answer to a request instead of whoever takes its type; the first one, from
   * whomever it comes.
   *
   * @param requestId drawn by lot
   */
  public void expect(String requestId, ControlHandler handler) {
    expected.put(requestId, handler);
  }

  /** Nobody waits for that answer any more. */
  public void forget(String requestId) {
    expected.remove(requestId);
  }

  /** A connected peer has sent an envelope of NAT control. */
  public void received(PeerLink from, EnvelopeType type, Envelope envelope, long nowNs) {
    ControlHandler asker =
        type == EnvelopeType.BINDING_RESPONSE ? expected.remove(envelope.requestId()) : null;
    ControlHandler handler = asker == null ? handlers.get(type) : asker;
    if (handler == null) {
      ignored.increment();
    } else {
      handler.on(from, envelope, nowNs);
    }
  }

  /** A session has been registered; see {@link NatPart#joined}. */
  public void joined(PeerLink link, boolean replaced, long nowNs) {
    for (NatPart part : parts) {
      faults.guard(() -> part.joined(link, replaced, nowNs));
    }
  }

  /** A session is no longer registered; see {@link NatPart#left}. */
  public void left(PeerLink link, boolean replaced, long nowNs) {
    for (NatPart part : parts) {
      faults.guard(() -> part.left(link, replaced, nowNs));
    }
  }

  /** When {@link #onTimer} is due; {@link Long#MAX_VALUE} for never. */
  public long nextDeadlineNs() {
    long next = Long.MAX_VALUE;
    for (NatPart part : parts) {
      next = Math.min(next, part.nextDeadlineNs());
    }
    return next;
  }

  /** Lets those parts do their work whose time has come. */
  public void onTimer(long nowNs) {
    for (NatPart part : parts) {
      if (part.nextDeadlineNs() - nowNs <= 0) {
        faults.guard(() -> part.onTimer(nowNs));
      }
    }
  }

  /** What this node is behind, as far as is known; any thread. */
  public NatProfile profile() {
    return profile;
  }

  /** Something has been found out: tells all parts if it is news. */
  void profile(NatProfile now, long nowNs) {
    NatProfile before = profile;
    if (before.equals(now)) {
      return;
    }
    profile = now;
    for (NatPart part : parts) {
      faults.guard(() -> part.profileChanged(before, now, nowNs));
    }
  }

  /** Others see the node elsewhere; see {@link NatPart#moved}. */
  void moved(long nowNs) {
    for (NatPart part : parts) {
      faults.guard(() -> part.moved(nowNs));
    }
  }

  /** The node stops; its sessions are still there. Nothing happens a second time. */
  public void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    for (NatPart part : parts) {
      faults.guard(part::stop);
    }
  }
}
