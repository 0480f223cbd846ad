// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.nat.KeepAlive;
import io.lichen.core.net.nat.Rendezvous;
import io.lichen.core.net.wire.NetWireException;
import io.lichen.core.net.wire.ReflexAddress;
import io.lichen.transport.net.AddressField;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Objects;

/** What nodes say to get through NATs: read, and written again. */
final class NatChecks {
  private NatChecks() {}

  static VectorCheck message() {
    return new MixedCheck(
        NatChecks::message,
        "bytes",
        "fire_at_ms",
        "observed",
        "peer",
        "peer_reflex",
        "punch_id",
        "reason_code",
        "self_reflex",
        "sender_node_id",
        "target");
  }

  private static ObjectNode message(JsonNode vector) throws NetWireException {
    ByteBuf bytes = Unpooled.wrappedBuffer(hex(vector, "bytes"));
    return switch (text(vector, "type")) {
      case "keepalive datagram" -> keepAlive(KeepAlive.decode(bytes));
      case "0x0D00 request", "0x0D00 response" -> reflex(bytes);
      default -> rendezvous(Rendezvous.decode(bytes));
    };
  }

  private static ObjectNode keepAlive(KeepAlive read) {
    return object()
        .put("bytes", hex(read.encode()))
        .put("punch_id", Integer.toUnsignedLong(read.punchId()))
        .put("sender_node_id", u64(read.sender()));
  }

  /** A request is empty. */
  private static ObjectNode reflex(ByteBuf bytes) {
    if (!bytes.isReadable()) {
      return object().put("bytes", "");
    }
    InetSocketAddress seen = Objects.requireNonNull(AddressField.read(bytes));
    ByteBuf written = Unpooled.buffer(AddressField.BYTES, AddressField.BYTES);
    AddressField.write(written, seen);
    return object().put("bytes", hex(written.array())).put("observed", shown(seen));
  }

  private static ObjectNode rendezvous(Rendezvous read) {
    ObjectNode answer = object().put("bytes", hex(read.encode()));
    return switch (read) {
      case Rendezvous.Request request ->
          answer
              .put("punch_id", Integer.toUnsignedLong(request.punchId()))
              .put("self_reflex", shown(request.self()))
              .put("target", u64(request.target()));
      case Rendezvous.Introduce introduce ->
          answer
              .put("fire_at_ms", u64(introduce.fireAtMs()))
              .put("peer", u64(introduce.peer()))
              .put("peer_reflex", shown(introduce.address()));
      case Rendezvous.Ack ack -> answer.put("punch_id", Integer.toUnsignedLong(ack.punchId()));
      case Rendezvous.Reject reject ->
          answer
              .put("punch_id", Integer.toUnsignedLong(reject.punchId()))
              .put("reason_code", reject.reason().code())
              .put("target", u64(reject.target()));
    };
  }

  private static String shown(InetSocketAddress address) {
    return ReflexAddress.of(address).text();
  }
}
