// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.moss.overlay.Overlay;
import io.lichen.core.moss.overlay.OverlayHost;
import io.lichen.core.moss.overlay.ProviderStore;
import io.lichen.core.moss.overlay.ReachabilityHint;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeException;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.crypto.PeerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;

/** What a node of the overlay answers. */
final class OverlayTraceCheck implements VectorCheck {
  /** The recording that it answers. */
  static final String NAME = "overlay server side";

  /** Of the recording, before the native became publicly reachable, and of its one record. */
  private static final String FIRST_ANSWER = "/steps/2/expect/sent/0/envelope/ov_providers";

  private static final String LATER_ANSWER = "/steps/5/expect/sent/0/envelope/ov_providers";
  private static final long NOW_NS = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ObjectNode answer(Vector vector) {
    ObjectNode answer = object();
    ArrayNode steps = answer.putArray("steps");
    Recorder host = new Recorder();
    Overlay overlay =
        new Overlay(
            ScoreChecks.id(0),
            ProviderStore.Limits.defaults(),
            new SplittableRandom(1),
            host,
            NOW_NS);
    for (JsonNode contact : vector.inputs().path("setup").path("overlay_contacts")) {
      overlay.dialable(PeerId.parse(text(contact, "id")), text(contact, "addr"));
    }
    for (JsonNode step : vector.inputs().path("steps")) {
      host.sent = steps.addObject().putObject("expect").putArray("sent");
      if (step.has("envelope")) {
        receive(overlay, step);
      }
    }
    return answer;
  }

  private static void receive(Overlay overlay, JsonNode step) {
    try {
      byte[] json = JSON.writeValueAsBytes(step.path("envelope"));
      Envelope envelope = EnvelopeCodec.decode(json, 0, json.length);
      EnvelopeType type = Objects.requireNonNull(EnvelopeType.of(envelope.type()));
      overlay.receive(PeerId.parse(text(step, "from")), type, envelope, NOW_NS);
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
    JsonNode record = expected(vector).at(LATER_ANSWER);
    return List.of(
        new Deviation(
            FIRST_ANSWER,
            MissingNode.getInstance(),
            record,
            "a node keeps records for its neighbours whether or not strangers can reach it"));
  }

  /** Writes down what is sent, as the recording does. */
  private static final class Recorder implements OverlayHost {
    private ArrayNode sent = object().putArray("sent");

    @Override
    public Collection<PeerId> connectedPeers() {
      return List.of();
    }

    @Override
    public void send(PeerId to, Envelope envelope) {
      try {
        ObjectNode message = sent.addObject().put("to", to.hex());
        message.set("envelope", JSON.readTree(EnvelopeCodec.encode(envelope)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public ReachabilityHint ownHint() {
      return new ReachabilityHint(List.of(), "");
    }

    @Override
    public void found(String topic, PeerId source, PeerId provider, ReachabilityHint hint) {
      throw new AssertionError("nothing was asked about " + topic + hex(provider.bytes()));
    }
  }
}
