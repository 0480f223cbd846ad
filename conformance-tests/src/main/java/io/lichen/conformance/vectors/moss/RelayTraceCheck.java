// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.runtime.nat.relay.RelayCounters;
import io.lichen.core.moss.runtime.nat.relay.RelayForwarder;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.core.work.Offload;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelayLimits;
import io.lichen.nat.relay.RelayRate;
import io.lichen.nat.relay.RelayTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a relay passes on. */
final class RelayTraceCheck implements VectorCheck {
  /** The recording that it answers. */
  static final String NAME = "relay in the middle (max sessions 50)";

  /** Where the native passes on a request that nobody has signed. */
  private static final String UNSIGNED = "/steps/7/expect/sent";

  private static final long NOW_NS = 1;
  private static final long TTL_NS = 1800_000_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ObjectNode answer(Vector vector) {
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    JsonNode setup = vector.inputs().path("setup");
    Recorder recorder = new Recorder();
    for (JsonNode peer : setup.path("peers")) {
      recorder.connected.add(PeerId.parse(text(peer, "id")));
    }
    RelayLimits limits =
        RelayLimits.of(
            setup.path("relay_max_sessions").intValue(), TTL_NS, RelayRate.of(256, 0, 0));
    RelayForwarder forwarder =
        new RelayForwarder(new RelayTable<>(limits), recorder, new AtOnce(), new RelayCounters());
    for (JsonNode step : vector.inputs().path("steps")) {
      recorder.sent = steps.addObject().putObject("expect").putArray("sent");
      receive(forwarder, step);
    }
    return answer;
  }

  private static void receive(RelayForwarder forwarder, JsonNode step) {
    try {
      byte[] json = JSON.writeValueAsBytes(step.path("envelope"));
      Envelope envelope = EnvelopeCodec.decode(json, 0, json.length);
      EnvelopeType type = Objects.requireNonNull(EnvelopeType.of(envelope.type()));
      forwarder.received(PeerId.parse(text(step, "from")), type, envelope, NOW_NS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EnvelopeException e) {
      throw new IllegalArgumentException("the recording holds no envelope: " + step, e);
    }
  }

  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = object();
    ArrayNode steps = expected.putArray("steps");
    for (JsonNode step : vector.inputs().path("steps")) {
      steps.addObject().set("expect", Trees.members(step.path("expect"), "sent"));
    }
    return expected;
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

  /** Writes down what is sent, as the recording does. */
  private static final class Recorder implements RelayForwarder.Sessions {
    private final Set<PeerId> connected = new HashSet<>();
    private ArrayNode sent = object().putArray("sent");

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
      try {
        sent.addObject().put("to", to.hex()).set("envelope", JSON.readTree(encoded));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
