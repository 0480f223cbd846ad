// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.core.moss.wire.Envelope.OverlayContact;
import io.lichen.core.moss.wire.Envelope.OverlayProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Envelopes and texts for tests. */
final class Envelopes {
  private Envelopes() {}

  static Envelope decode(String json) throws EnvelopeException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return EnvelopeCodec.decode(bytes, 0, bytes.length);
  }

  static String encode(Envelope envelope) {
    return new String(EnvelopeCodec.encode(envelope), StandardCharsets.UTF_8);
  }

  /** Every member has a value of its own. */
  static Envelope full() {
    return Envelope.of(EnvelopeType.PUBLISH)
        .channel("c")
        .messageId("m")
        .messageIds(List.of("a", ""))
        .sequence(-1)
        .senderId(new byte[] {1})
        .relaySession("s")
        .relaySource("rs")
        .relayTarget("rt")
        .relaySignature(new byte[] {2, 3})
        .requestId("r")
        .coordStage("o")
        .coordAt(-5)
        .observedAddress("oa")
        .advertisedPeerId("ap")
        .advertisedAddress("aa")
        .advertisedNatType("an")
        .advertisedReachable(true)
        .advertisedRelayCapable(true)
        .advertisedNoiseStatic(new byte[] {4, 5, 6})
        .advertisedSignature(new byte[] {7})
        .reachable(true)
        .payload(new byte[] {8, 9, 10, 11})
        .overlayKey(new byte[] {12})
        .overlayContacts(
            List.of(new OverlayContact(null, ""), new OverlayContact(new byte[] {13}, "x:1")))
        .overlayProviders(
            List.of(
                new OverlayProvider(null, new byte[0]),
                new OverlayProvider(new byte[] {14}, new byte[] {15})))
        .build();
  }

  static final String FULL_TEXT =
      "{\"type\":\"publish\",\"channel\":\"c\",\"message_id\":\"m\",\"message_ids\":[\"a\",\"\"],"
          + "\"sequence\":18446744073709551615,\"sender_id\":\"AQ==\",\"relay_session\":\"s\","
          + "\"relay_source\":\"rs\",\"relay_target\":\"rt\",\"relay_signature\":\"AgM=\","
          + "\"request_id\":\"r\",\"coord_stage\":\"o\",\"coord_at\":-5,\"observed_addr\":\"oa\","
          + "\"advertised_peer_id\":\"ap\",\"advertised_addr\":\"aa\",\"advertised_nat_type\":\"an\","
          + "\"advertised_reachable\":true,\"advertised_relay_capable\":true,"
          + "\"advertised_noise_static\":\"BAUG\",\"advertised_signature\":\"Bw==\","
          + "\"reachable\":true,\"payload\":\"CAkKCw==\",\"ov_key\":\"DA==\","
          + "\"ov_contacts\":[{\"id\":null,\"addr\":\"\"},{\"id\":\"DQ==\",\"addr\":\"x:1\"}],"
          + "\"ov_providers\":[{\"peer\":null},{\"peer\":\"Dg==\",\"payload\":\"Dw==\"}]}";
}
