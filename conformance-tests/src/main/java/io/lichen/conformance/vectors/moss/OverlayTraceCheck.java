// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.core.moss.overlay.Overlay;
import io.lichen.core.moss.overlay.OverlayHost;
import io.lichen.core.moss.overlay.ProviderStore;
import io.lichen.core.moss.overlay.ReachabilityHint;
import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.crypto.PeerId;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;

/** What a node of the overlay answers. */
final class OverlayTraceCheck extends SentTraceCheck {
  /** The recording that it answers. */
  static final String NAME = "overlay server side";

  /** Of the recording, before the native became publicly reachable, and of its one record. */
  private static final String FIRST_ANSWER = "/steps/2/expect/sent/0/envelope/ov_providers";

  private static final String LATER_ANSWER = "/steps/5/expect/sent/0/envelope/ov_providers";
  private static final long NOW_NS = 1;

  @Override
  Receiver receiver(JsonNode setup, Sent sent) {
    Overlay overlay =
        new Overlay(
            ScoreChecks.id(0),
            ProviderStore.Limits.defaults(),
            new SplittableRandom(1),
            new Recorder(sent),
            NOW_NS);
    for (JsonNode contact : setup.path("overlay_contacts")) {
      overlay.dialable(PeerId.parse(text(contact, "id")), text(contact, "addr"));
    }
    return (from, type, envelope) -> overlay.receive(from, type, envelope, NOW_NS);
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

  /** The node of the recording. */
  private record Recorder(Sent sent) implements OverlayHost {
    @Override
    public Collection<PeerId> connectedPeers() {
      return List.of();
    }

    @Override
    public void send(PeerId to, Envelope envelope) {
      sent.add(to, EnvelopeCodec.encode(envelope));
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
