// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.runtime.nat.relay.RelayCounters;
import io.lichen.core.moss.runtime.nat.relay.RelayForwarder;
import io.lichen.core.work.Offload;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayLimits;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelayTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a relay passes on. */
final class RelayTraceCheck extends SentTraceCheck {
  /** The recording that it answers. */
  static final String NAME = "relay in the middle (max sessions 50)";

  /** Where the native passes on a request that nobody has signed. */
  private static final String UNSIGNED = "/steps/7/expect/sent";

  private static final long NOW_NS = 1;
  private static final long TTL_NS = 1800_000_000_000L;

  @Override
  Receiver receiver(JsonNode setup, Sent sent) {
    Set<PeerId> connected = new HashSet<>();
    for (JsonNode peer : setup.path("peers")) {
      connected.add(PeerId.parse(text(peer, "id")));
    }
    RelayLimits limits =
        RelayLimits.of(
            setup.path("relay_max_sessions").intValue(), TTL_NS, RelayRate.of(256, 0, 0));
    RelayForwarder forwarder =
        new RelayForwarder(
            new RelayTable<>(limits),
            new Recorder(connected, sent),
            new AtOnce(),
            new RelayCounters());
    return (from, type, envelope) -> forwarder.received(from, type, envelope, NOW_NS);
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return List.of(
        new Deviation(
            UNSIGNED,
            expected(vector).at(UNSIGNED),
            object().putArray("sent"),
            "a relay opens sessions only for whom has signed the request and sends it"));
  }

  /** Looks at signatures right away. */
  private static final class AtOnce implements Offload {
    @Override
    public <T> boolean submit(Supplier<T> work, Consumer<T> then) {
      then.accept(work.get());
      return true;
    }
  }

  /** The sessions of the recording. */
  private record Recorder(Set<PeerId> connected, Sent sent) implements RelayForwarder.Sessions {
    @Override
    public boolean isDirect(PeerId peer) {
      return connected.contains(peer);
    }

    @Override
    public boolean isCongested(PeerId peer) {
      return false;
    }

    @Override
    public void send(PeerId to, byte[] encoded) {
      sent.add(to, encoded);
    }
  }
}
