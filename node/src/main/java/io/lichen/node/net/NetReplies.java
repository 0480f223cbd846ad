// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetStats;
import io.lichen.core.net.PeerInfo;
import io.lichen.core.net.PublishReport;
import io.lichen.node.lines.LineObject;
import io.lichen.node.lines.LineOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What replies say; 64-bit numbers stand as decimal text. */
final class NetReplies {
  private NetReplies() {}

  /** The reply to an operation that was carried out; {@code more} stands behind its code. */
  static LineOutput.Members done(LineObject op, LineOutput.Members more) {
    return json -> {
      begin(json, op, NetError.OK);
      more.write(json);
      LineOutput.idField(json, op.id());
    };
  }

  /** The reply to one that was not. */
  static LineOutput.Members refused(LineObject op, NetError error, Exception why) {
    String message = String.valueOf(why.getMessage());
    return json -> {
      begin(json, op, error);
      json.writeStringField("message", message);
      LineOutput.idField(json, op.id());
    };
  }

  static LineOutput.Members accepted(PeerInfo peer) {
    return json -> json.writeStringField("address", Addresses.text(peer.address()));
  }

  static LineOutput.Members report(PublishReport report) {
    return json -> {
      json.writeObjectFieldStart("report");
      json.writeNumberField("attempted", report.attempted());
      json.writeNumberField("delivered", report.delivered());
      json.writeArrayFieldStart("errors");
      for (var error : report.errors().entrySet()) {
        json.writeStartObject();
        json.writeStringField("nodeId", Long.toUnsignedString(error.getKey()));
        json.writeStringField("message", word(error.getValue()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    };
  }

  static LineOutput.Members nodes(Collection<Long> nodes) {
    return json -> {
      json.writeArrayFieldStart("nodes");
      for (long node : nodes) {
        json.writeString(Long.toUnsignedString(node));
      }
      json.writeEndArray();
    };
  }

  static LineOutput.Members token(byte[] token) {
    return json -> json.writeStringField("token", HexFormat.of().formatHex(token));
  }

  static LineOutput.Members peers(List<PeerInfo> peers) {
    return json -> {
      json.writeNumberField("count", peers.size());
      json.writeArrayFieldStart("peers");
      for (PeerInfo peer : peers) {
        json.writeStartObject();
        peer(json, peer);
        json.writeEndObject();
      }
      json.writeEndArray();
    };
  }

  static LineOutput.Members stats(NetStats stats) {
    return json -> {
      json.writeObjectFieldStart("stats");
      json.writeNumberField("peers", stats.peers());
      json.writeNumberField("eventsReceived", stats.eventsReceived());
      json.writeNumberField("eventsDelivered", stats.eventsDelivered());
      json.writeNumberField("eventsDropped", stats.eventsDropped());
      json.writeObjectFieldStart("counters");
      for (Map.Entry<String, Long> counter : new TreeMap<>(stats.counters()).entrySet()) {
        json.writeNumberField(counter.getKey(), counter.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    };
  }

  /** The members that describe a peer. */
  static void peer(JsonGenerator json, PeerInfo peer) throws IOException {
    json.writeStringField("nodeId", Long.toUnsignedString(peer.nodeId()));
    json.writeStringField("address", Addresses.text(peer.address()));
    json.writeStringField("state", word(peer.state()));
    json.writeBooleanField("viaRelay", peer.viaRelay());
    json.writeBooleanField("initiator", peer.initiator());
    json.writeStringField("entityId", peer.entityId() == null ? null : peer.entityId().hex());
  }

  /** A constant's name as it stands in lines. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void begin(JsonGenerator json, LineObject op, NetError error) throws IOException {
    json.writeStringField("type", "reply");
    json.writeStringField("op", op.op());
    json.writeNumberField("code", error.code());
  }
}
