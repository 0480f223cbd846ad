// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.hexOrNull;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.channel.membership.Membership;
import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.core.net.channel.membership.Membership.Unsubscribe;
import io.lichen.core.net.channel.membership.MembershipCodec;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.crypto.ChannelName;
import io.netty.buffer.Unpooled;

/** Subscribing and unsubscribing, and the answers to it. */
final class MembershipChecks {
  private MembershipChecks() {}

  static VectorCheck requests() {
    return new MixedCheck(
        MembershipChecks::request, "accepted", "bytes", "nonce", "reason_code", "type");
  }

  static VectorCheck ack() {
    return new MixedCheck(MembershipChecks::ack, "accepted", "bytes", "nonce", "reason");
  }

  static VectorCheck decode() {
    return new MixedCheck(
        vector -> object().put("decodes", decodes(hex(vector, "bytes"))), "decodes");
  }

  /** Requests are made anew, answers read; both are written again. */
  private static ObjectNode request(JsonNode vector) throws NetWireException {
    Membership message =
        switch (text(vector, "type")) {
          case "subscribe" ->
              new Subscribe(
                  ChannelName.of(text(vector, "channel")),
                  u64(vector, "nonce"),
                  hexOrNull(vector, "token_chain"),
                  vector.path("queue_group").textValue());
          case "unsubscribe" ->
              new Unsubscribe(ChannelName.of(text(vector, "channel")), u64(vector, "nonce"));
          default -> read(hex(vector, "bytes"));
        };
    byte[] bytes = MembershipCodec.encode(message);
    ObjectNode answer = object().put("bytes", hex(bytes)).put("type", typeOf(read(bytes)));
    if (message instanceof Ack ack) {
      answer.put("accepted", ack.accepted()).put("reason_code", ack.reason().code());
    }
    return answer.put("nonce", u64(read(bytes).nonce()));
  }

  private static ObjectNode ack(JsonNode vector) throws NetWireException {
    Ack ack = (Ack) read(hex(vector, "bytes"));
    return object()
        .put("accepted", ack.accepted())
        .put("bytes", hex(MembershipCodec.encode(ack)))
        .put("nonce", u64(ack.nonce()))
        .put("reason", ack.reason().code());
  }

  private static boolean decodes(byte[] bytes) {
    try {
      read(bytes);
      return true;
    } catch (NetWireException e) {
      return false;
    }
  }

  private static String typeOf(Membership message) {
    return switch (message) {
      case Subscribe _ -> "subscribe";
      case Unsubscribe _ -> "unsubscribe";
      case Ack _ -> "ack";
    };
  }

  private static Membership read(byte[] bytes) throws NetWireException {
    return MembershipCodec.decode(Unpooled.wrappedBuffer(bytes));
  }
}
