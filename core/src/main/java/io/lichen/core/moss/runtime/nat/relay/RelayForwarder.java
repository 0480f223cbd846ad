// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.wire.Announcements;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.Offload;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayMessage;
import io.lichen.nat.relay.RelayTable;
import io.lichen.nat.relay.RelayVerdict;

/**
 * This node as a relay: passes on, member by member, what the ends of a session have for each other
 * (docs/wire/moss-nat.md, "At the relay"). The node's loop only.
 */
public final class RelayForwarder {
  /** The sessions with the ends. */
  public interface Sessions {
    /** Whether there is a session with this peer, without another relay between. */
    boolean isDirect(PeerId peer);

    /** Whether so much waits for this peer that data for it is dropped. */
    boolean isCongested(PeerId peer);

    /** Sends this to a peer with a direct session. */
    void send(PeerId to, byte[] encoded);
  }

  private final RelayTable<PeerId> table;
  private final Sessions sessions;
  private final Offload offload;
  private final RelayCounters counters;

  /**
   * Makes one.
   *
   * @param offload where signatures are looked at
   */
  public RelayForwarder(
      RelayTable<PeerId> table, Sessions sessions, Offload offload, RelayCounters counters) {
    this.table = table;
    this.sessions = sessions;
    this.offload = offload;
    this.counters = counters;
  }

  /** A peer has sent one of the four messages, and it is for somebody else. */
  public void received(PeerId from, EnvelopeType type, Envelope envelope, long nowNs) {
    RelayEnvelopes.Ends ends = RelayEnvelopes.ends(envelope).orElse(null);
    if (ends == null) {
      count(RelayVerdict.MALFORMED);
      return;
    }
    // What is not of relaying stays behind: it could be longer going out than coming in.
    Envelope bare = RelayEnvelopes.bare(type, envelope);
    byte[] encoded = EnvelopeCodec.encode(bare);
    RelayMessage<PeerId> message =
        new RelayMessage<>(
            from,
            ends.source(),
            ends.target(),
            envelope.relaySession(),
            encoded.length,
            encoded.length);
    switch (type) {
      case RELAY_REQUEST -> request(message, bare, encoded, nowNs);
      case RELAY_ACCEPT -> pass(message, encoded, table.accept(message, this::isDirect, nowNs));
      case RELAY_DATA -> data(message, envelope.payload().length, encoded, nowNs);
      case RELAY_CLOSE -> pass(message, encoded, table.close(message, this::isDirect, nowNs));
      default -> throw new IllegalArgumentException(type + " is not of relaying");
    }
  }

  private boolean isDirect(PeerId peer) {
    return sessions.isDirect(peer);
  }

  private void request(RelayMessage<PeerId> message, Envelope request, byte[] encoded, long nowNs) {
    RelayVerdict verdict = table.mayOpen(message, this::isDirect, nowNs);
    if (verdict != RelayVerdict.FORWARD) {
      count(verdict);
      return;
    }
    boolean taken =
        offload.submit(
            () -> Announcements.verify(request),
            signed ->
                pass(
                    message,
                    encoded,
                    signed ? table.open(message, this::isDirect, nowNs) : RelayVerdict.FORGED));
    if (!taken) {
      count(RelayVerdict.FULL);
    }
  }

  private void data(RelayMessage<PeerId> message, int payloadBytes, byte[] encoded, long nowNs) {
    RelayVerdict verdict = table.data(message, payloadBytes, this::isDirect, nowNs);
    if (verdict == RelayVerdict.FORWARD && sessions.isCongested(message.target())) {
      counters.congested.increment();
      return;
    }
    if (verdict == RelayVerdict.FORWARD) {
      counters.forwarded.increment();
      counters.forwardedBytes.add(payloadBytes);
    }
    pass(message, encoded, verdict);
  }

  private void pass(RelayMessage<PeerId> message, byte[] encoded, RelayVerdict verdict) {
    count(verdict);
    if (verdict == RelayVerdict.FORWARD) {
      sessions.send(message.target(), encoded);
    }
  }

  private void count(RelayVerdict verdict) {
    if (verdict != RelayVerdict.FORWARD) {
      counters.refused(verdict).increment();
    }
  }
}
