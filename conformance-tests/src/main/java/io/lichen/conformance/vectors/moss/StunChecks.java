// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Vector;
import io.lichen.nat.stun.StunKind;
import io.lichen.nat.stun.StunMessage;
import io.lichen.nat.stun.StunWriter;
import io.lichen.nat.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a node asks STUN servers, and what it believes of their answers. */
final class StunChecks {
  private static final String NO_TRANSACTION = "0".repeat(2 * TransactionId.BYTES);

  private StunChecks() {}

  static ObjectNode request(Vector vector) {
    byte[] datagram = requestOf(vector.inputs());
    return object().put("length", datagram.length).put("message", hex(datagram));
  }

  static ObjectNode success(Vector vector) {
    return object().put("message", hex(successOf(vector.inputs(), "mapped")));
  }

  static ObjectNode parse(Vector vector) {
    byte[] datagram = hex(vector.inputs(), "message");
    Optional<StunMessage> message = StunMessage.read(datagram);
    Optional<StunMessage> answer = message.filter(read -> read.kind() == StunKind.SUCCESS);
    return object()
        .put("fingerprint_valid", message.map(StunMessage::isFingerprinted).orElse(false))
        .put("is_stun", StunMessage.isStun(datagram))
        .put("mapped", mapped(answer))
        .put("ok", !mapped(answer).isEmpty())
        .put(
            "transaction_id",
            answer.map(read -> read.transactionId().toString()).orElse(NO_TRANSACTION));
  }

  static ObjectNode exchange(JsonNode vector) {
    return object()
        .put("request", hex(requestOf(vector)))
        .put("response", hex(successOf(vector, "observed")));
  }

  static ObjectNode observed(JsonNode vector) {
    byte[] datagram = hex(vector, "datagram");
    String mapped =
        mapped(StunMessage.read(datagram).filter(read -> read.kind() == StunKind.SUCCESS));
    return object()
        .put("is_stun", StunMessage.isStun(datagram))
        .put("observed", mapped)
        .put("ok", !mapped.isEmpty());
  }

  private static byte[] requestOf(JsonNode vector) {
    return StunWriter.of(StunKind.REQUEST, id(vector)).datagram();
  }

  private static byte[] successOf(JsonNode vector, String address) {
    return StunWriter.of(StunKind.SUCCESS, id(vector))
        .mappedAddress(address(text(vector, address)))
        .datagram();
  }

  private static TransactionId id(JsonNode vector) {
    ByteBuffer in = ByteBuffer.wrap(hex(vector, "transaction_id"));
    return new TransactionId(in.getInt(), in.getLong());
  }

  private static String mapped(Optional<StunMessage> answer) {
    return answer.map(StunMessage::mappedAddress).map(StunChecks::goText).orElse("");
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
    return new InetSocketAddress(
        InetAddress.ofLiteral(host), Integer.parseInt(text.substring(colon + 1)));
  }

  /** As Go writes addresses; {@code null} comes out as nothing. */
  static String goText(@Nullable InetSocketAddress address) {
    if (address == null) {
      return "";
    }
    byte[] octets = address.getAddress().getAddress();
    String host = address.getAddress().getHostAddress();
    return (octets.length == 4 ? host : "[" + shortened(host) + "]") + ":" + address.getPort();
  }

  /** The longest run of zeros as two colons; enough for what was recorded. */
  private static String shortened(String host) {
    return host.replaceFirst("(^|:)0(:0)+(:|$)", "::");
  }
}
