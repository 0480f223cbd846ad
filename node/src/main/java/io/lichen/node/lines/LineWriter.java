// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the lines that a Moss node says; see {@link LineOutput}. Thread-safe. */
public final class LineWriter implements AutoCloseable {
  private final LineOutput out;

  /**
   * Writes to {@code out} from a thread of its own.
   *
   * @param onBroken run once, on that thread, when {@code out} takes nothing any more
   */
  public LineWriter(OutputStream out, Runnable onBroken) {
    this.out = new LineOutput(out, onBroken);
  }

  /** The node runs, and has no gateway. */
  public void ready(String infoJson) {
    ready(infoJson, null);
  }

  /**
   * The node runs. The first line: messages and events wait for it.
   *
   * @param url of its gateway; null for none
   */
  public void ready(String infoJson, @Nullable String url) {
    out.ready(
        json -> {
          json.writeStringField("type", "ready");
          rawField(json, "info", infoJson);
          if (url != null) {
            json.writeStringField("http", url);
          }
        });
  }

  /**
   * A message arrived.
   *
   * @param room the joined room, empty for the node's own
   * @param sender the claimed publisher's key in hex, empty if it named none
   */
  public void message(String room, String channel, String sender, byte[] data) {
    out.news(
        json -> {
          json.writeStringField("type", "message");
          if (!room.isEmpty()) {
            json.writeStringField("room", room);
          }
          json.writeStringField("channel", channel);
          json.writeStringField("sender", sender);
          json.writeBinaryField("data", data);
        });
  }

  /**
   * A message has got into the log of a kept channel of the node's own room.
   *
   * @param sender as {@link #message} has it
   * @param offset its number there
   */
  public void kept(String channel, String sender, long offset, byte[] data) {
    out.news(
        json -> {
          json.writeStringField("type", "message");
          json.writeStringField("channel", channel);
          json.writeStringField("sender", sender);
          json.writeBinaryField("data", data);
          json.writeNumberField("offset", offset);
        });
  }

  /**
   * Data has come through a relay.
   *
   * @param sender whom the relay names
   * @param sealed whether that is proven
   */
  public void relayed(String sender, byte[] data, boolean sealed) {
    out.news(
        json -> {
          json.writeStringField("type", "relayed");
          json.writeStringField("sender", sender);
          json.writeBinaryField("data", data);
          json.writeBooleanField("sealed", sealed);
        });
  }

  /** Something happened; {@code detailJson} is a JSON object. */
  public void event(int id, String name, String detailJson) {
    event(id, name, json -> rawField(json, "detail", detailJson));
  }

  /** Something happened. */
  public void event(int id, String name, Map<String, String> detail) {
    event(id, name, json -> json.writePOJOField("detail", detail));
  }

  private void event(int id, String name, LineOutput.Members detail) {
    out.news(
        json -> {
          json.writeStringField("type", "event");
          json.writeNumberField("id", id);
          json.writeStringField("name", name);
          detail.write(json);
        });
  }

  /**
   * An operation other than {@code info} and {@code stats} is done, or was refused when {@code
   * code} is not 0.
   */
  public void reply(String op, int code, @Nullable String message, @Nullable JsonNode id) {
    out.line(
        json -> {
          json.writeStringField("type", "reply");
          json.writeStringField("op", op);
          json.writeNumberField("code", code);
          if (message != null) {
            json.writeStringField("message", message);
          }
          LineOutput.idField(json, id);
        });
  }

  /** The answer to {@code info}. */
  public void info(@Nullable JsonNode id, String infoJson) {
    answer("info", id, infoJson);
  }

  /** The answer to {@code stats}. */
  public void stats(@Nullable JsonNode id, String statsJson) {
    answer("stats", id, statsJson);
  }

  private void answer(String op, @Nullable JsonNode id, String objectJson) {
    out.line(
        json -> {
          json.writeStringField("type", "reply");
          json.writeStringField("op", op);
          json.writeNumberField("code", 0);
          rawField(json, op, objectJson);
          LineOutput.idField(json, id);
        });
  }

  /** A line could not be understood. */
  public void error(int code, String message, @Nullable JsonNode id) {
    out.error(code, message, id);
  }

  /** Waits until all is written, then ends the thread; the stream stays open. */
  @Override
  public void close() {
    out.close();
  }

  private static void rawField(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }
}
