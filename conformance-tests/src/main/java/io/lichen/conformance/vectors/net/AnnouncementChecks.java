// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.wire.CapabilityAnnouncement;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.Unpooled;

/** Capability announcements, whose text has to come out byte for byte. */
final class AnnouncementChecks {
  private AnnouncementChecks() {}

  static VectorCheck announcement() {
    return new MixedCheck(
        AnnouncementChecks::announcement,
        "bytes_hop2_utf8",
        "bytes_utf8",
        "signature",
        "signed_payload_utf8");
  }

  static VectorCheck decode() {
    return new MixedCheck(AnnouncementChecks::decode, "decodes", "verifies");
  }

  /** Reads what was announced, forgets its signature, and signs it anew. */
  private static ObjectNode announcement(JsonNode vector) throws NetWireException {
    CapabilityAnnouncement read = read(utf8(vector, "bytes_utf8"));
    EntityKeyPair keys = EntityKeyPair.ofSeed(hex(vector, "seed"));
    CapabilityAnnouncement signed = read(read.signedBytes()).sign(keys);
    if (!signed.isSigned()) {
      throw new AssertionError("the own signature is not accepted");
    }
    return object()
        .put("bytes_hop2_utf8", utf8(signed.forwarded().forwarded().encode()))
        .put("bytes_utf8", utf8(signed.encode()))
        .put("signature", signed.signature())
        .put("signed_payload_utf8", utf8(signed.signedBytes()));
  }

  private static ObjectNode decode(JsonNode vector) {
    try {
      CapabilityAnnouncement read = read(utf8(vector, "bytes_utf8"));
      return object().put("decodes", true).put("verifies", read.isSigned());
    } catch (NetWireException e) {
      return object().put("decodes", false).putNull("verifies");
    }
  }

  private static CapabilityAnnouncement read(byte[] text) throws NetWireException {
    return CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(text));
  }
}
