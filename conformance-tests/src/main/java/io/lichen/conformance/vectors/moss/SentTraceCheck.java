// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A recording of what a node sends as it receives one envelope after the other. */
abstract class SentTraceCheck implements VectorCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SENT = "sent";

  /** Stands in a step only where the application is told something. */
  private static final String EVENTS = "events";

  /** What takes the envelopes of a recording. */
  @FunctionalInterface
  interface Receiver extends AutoCloseable {
    void receive(PeerId from, EnvelopeType type, Envelope envelope);

    /** Nothing more comes. */
    @Override
    default void close() {}
  }

  /** Writes down what is sent, and what the application is told, as the recordings do. */
  static final class Sent {
    private ObjectNode step = object();

    private void begin(ObjectNode next) {
      step = next;
      step.putArray(SENT);
    }

    /** An envelope is sent to a peer. */
    void add(PeerId to, byte[] encoded) {
      try {
        step.withArray(SENT)
            .addObject()
            .put("to", to.hex())
            .set("envelope", JSON.readTree(encoded));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The application gets what came through a relay. */
    void relayed(PeerId sender, byte[] data) {
      step.withArray(EVENTS)
          .addObject()
          .put("relay_callback", hex(data))
          .put("sender", sender.hex());
    }
  }

  /** Makes what the recording's setup describes. */
  abstract Receiver receiver(JsonNode setup, Sent sent) throws IOException;

  @Override
  public final ObjectNode answer(Vector vector) throws IOException {
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    Sent sent = new Sent();
    try (Receiver receiver = receiver(vector.inputs().path("setup"), sent)) {
      for (JsonNode step : vector.inputs().path("steps")) {
        sent.begin(steps.addObject().putObject("expect"));
        if (step.has("envelope")) {
          receive(receiver, step);
        }
      }
    }
    return answer;
  }

  private static void receive(Receiver receiver, JsonNode step) {
    try {
      byte[] json = JSON.writeValueAsBytes(step.path("envelope"));
      Envelope envelope = EnvelopeCodec.decode(json, 0, json.length);
      EnvelopeType type = Objects.requireNonNull(EnvelopeType.of(envelope.type()));
      receiver.receive(PeerId.parse(text(step, "from")), type, envelope);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (EnvelopeException e) {
      throw new IllegalArgumentException("the recording holds no envelope: " + step, e);
    }
  }

  @Override
  public final ObjectNode expected(Vector vector) {
    ObjectNode expected = object();
    ArrayNode steps = expected.putArray("steps");
    for (JsonNode step : vector.inputs().path("steps")) {
      steps.addObject().set("expect", Trees.members(step.path("expect"), SENT, EVENTS));
    }
    return expected;
  }
}
