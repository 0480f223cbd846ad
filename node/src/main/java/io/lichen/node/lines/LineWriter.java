// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Writes the lines that a node says. Thread-safe; a line is never torn by another. What is said
 * waits in a bounded buffer for {@link LineBuffer}'s thread, which writes as much as there is at
 * once and flushes when nothing is left; a reader that does not read makes the callers wait.
 */
public final class LineWriter implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().getFactory();

  private final LineBuffer buffer;
  private final CountDownLatch ready = new CountDownLatch(1);

  /**
   * Writes to {@code out} from a thread of its own.
   *
   * @param onBroken run once, on that thread, when {@code out} takes nothing any more
   */
  public LineWriter(OutputStream out, Runnable onBroken) {
    this.buffer = new LineBuffer(out, onBroken);
  }

  /** The node runs. The first line: messages and events wait for it. */
  public void ready(String infoJson) {
    line(
        json -> {
          json.writeStringField("type", "ready");
          rawField(json, "info", infoJson);
        });
    ready.countDown();
  }

  /**
   * A message arrived.
   *
   * @param room the joined room, empty for the node's own
   * @param sender the claimed publisher's key in hex, empty if it named none
   */
  public void message(String room, String channel, String sender, byte[] data) {
    awaitReady();
    line(
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

  /** Something happened; {@code detailJson} is a JSON object. */
  public void event(int id, String name, String detailJson) {
    awaitReady();
    line(
        json -> {
          json.writeStringField("type", "event");
          json.writeNumberField("id", id);
          json.writeStringField("name", name);
          rawField(json, "detail", detailJson);
        });
  }

  /**
   * An operation other than {@code info} and {@code stats} is done, or was refused when {@code
   * code} is not 0.
   */
  public void reply(String op, int code, @Nullable String message, @Nullable JsonNode id) {
    line(
        json -> {
          json.writeStringField("type", "reply");
          json.writeStringField("op", op);
          json.writeNumberField("code", code);
          if (message != null) {
            json.writeStringField("message", message);
          }
          idField(json, id);
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
    line(
        json -> {
          json.writeStringField("type", "reply");
          json.writeStringField("op", op);
          json.writeNumberField("code", 0);
          rawField(json, op, objectJson);
          idField(json, id);
        });
  }

  /** A line could not be understood. */
  public void error(int code, String message, @Nullable JsonNode id) {
    line(
        json -> {
          json.writeStringField("type", "error");
          json.writeNumberField("code", code);
          json.writeStringField("message", message);
          idField(json, id);
        });
  }

  /** Waits until all is written, then ends the thread; the stream stays open. */
  @Override
  public void close() {
    ready.countDown();
    buffer.close();
  }

  private void awaitReady() {
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void line(Members members) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      members.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    line.write('\n');
    buffer.append(line);
  }

  private static void rawField(JsonGenerator json, String name, String value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(value);
  }

  private static void idField(JsonGenerator json, @Nullable JsonNode id) throws IOException {
    if (id != null) {
      json.writeFieldName("id");
      json.writeTree(id);
    }
  }

  /** Writes the members of one object. */
  @FunctionalInterface
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }
}
