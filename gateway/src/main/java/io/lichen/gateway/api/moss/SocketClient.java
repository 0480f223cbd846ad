// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.moss.MossException;
import io.lichen.gateway.api.routes.ApiError;
import io.lichen.gateway.api.routes.JsonFields;
import io.lichen.gateway.api.routes.NativeErrors;
import io.lichen.gateway.http.HttpException;
import io.lichen.gateway.http.WebSocketPeer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One client of {@code /v1/ws}: what it asks for, and what it is subscribed to. For one thread. */
final class SocketClient {
  /** The topic of the node's events. */
  static final String EVENTS = "moss.events";

  private static final String EVENT_CHANNEL = "$events";

  /** Channels of one client. */
  private static final int MAX_CHANNELS = 256;

  /** Frames that make no sense, before the client is given up. */
  private static final int MAX_MALFORMED = 10;

  private static final int POLICY_VIOLATION = 1008;
  private static final Set<String> FIELDS = Set.of("op", "channel", "data", "text", "id");

  private final WebSocketPeer peer;
  private final Channels channels;
  private final boolean binary;
  private final Set<String> joined = new HashSet<>();
  private int malformed;

  SocketClient(WebSocketPeer peer, Channels channels, boolean binary) {
    this.peer = peer;
    this.channels = channels;
    this.binary = binary;
  }

  /** It has sent text. */
  void onText(String text) {
    JsonFields fields;
    String op;
    byte[] payload;
    try {
      fields = JsonFields.ofText(text, FIELDS);
      op = fields.text("op");
      payload = op.equals("publish") ? payload(fields) : new byte[0];
      if (!op.equals("ping")) {
        fields.text("channel");
      }
    } catch (HttpException e) {
      malformed(ApiError.of(e));
      return;
    }
    answer(fields, op, payload);
  }

  /** It has sent bytes: a publish, which is answered only if it fails. */
  void onBinary(byte[] frame) {
    MessageFormat.Published published = binary ? MessageFormat.published(frame) : null;
    if (published == null) {
      malformed(
          ApiError.of(
              400,
              "invalid_frame",
              binary
                  ? "a binary frame is a publish: 01, the channel's length and name, the payload"
                  : "binary frames need ?format=binary"));
      return;
    }
    try {
      channels.publish(published.channel(), published.data());
    } catch (MossException e) {
      error(NativeErrors.of(e), null);
    }
  }

  /** It is gone. */
  void close() {
    joined.forEach(channel -> channels.leave(channel, binary));
    joined.clear();
  }

  private void answer(JsonFields fields, String op, byte[] payload) {
    JsonNode id = fields.optional("id");
    try {
      switch (op) {
        case "subscribe" -> subscribe(fields.text("channel"));
        case "unsubscribe" -> unsubscribe(fields.text("channel"));
        case "publish" -> channels.publish(fields.text("channel"), payload);
        case "ping" -> {}
        default -> {
          malformed(ApiError.of(400, "unknown_op", "there is no op '" + op + "'"));
          return;
        }
      }
      peer.sendText(MessageFormat.object("ack", json -> MessageFormat.id(json, id)));
    } catch (MossException e) {
      error(NativeErrors.of(e), id);
    } catch (HttpException e) {
      error(ApiError.of(e), id);
    }
  }

  private void subscribe(String channel) {
    if (channel.equals(EVENT_CHANNEL)) {
      peer.subscribe(EVENTS);
    } else if (!joined.contains(channel)) {
      if (joined.size() >= MAX_CHANNELS) {
        throw new HttpException(
            503,
            "too_many_channels",
            "one client listens to " + MAX_CHANNELS + " channels at most");
      }
      channels.join(channel, binary);
      joined.add(channel);
      peer.subscribe(Channel.topic(channel, binary));
    }
  }

  private void unsubscribe(String channel) {
    if (channel.equals(EVENT_CHANNEL)) {
      peer.unsubscribe(EVENTS);
    } else if (joined.remove(channel)) {
      peer.unsubscribe(Channel.topic(channel, binary));
      channels.leave(channel, binary);
    }
  }

  private static byte[] payload(JsonFields fields) {
    String base64 = fields.optionalText("data");
    String text = fields.optionalText("text");
    if ((base64 == null) == (text == null)) {
      throw new HttpException(400, "invalid_field", "a publish has either 'data' or 'text'");
    }
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, "invalid_field", "'data' is no base64");
    }
  }

  private void malformed(ApiError error) {
    error(error, null);
    malformed++;
    if (malformed > MAX_MALFORMED) {
      peer.close(POLICY_VIOLATION, "too many malformed frames");
    }
  }

  private void error(ApiError error, @Nullable JsonNode id) {
    peer.sendText(
        MessageFormat.object(
            "error",
            json -> {
              MessageFormat.id(json, id);
              json.writeObjectField("code", error.code());
              json.writeStringField("message", error.message());
            }));
  }
}
