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
 * Says JSON objects, one a line. Thread-safe; a line is never torn by another. What is said waits
 * in a bounded buffer for {@link LineBuffer}'s thread, which writes as much as there is at once and
 * flushes when nothing is left; a reader that does not read makes the callers wait.
 */
public final class LineOutput implements AutoCloseable {
  private static final JsonFactory JSON =
      JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build().getFactory();

  private final LineBuffer buffer;
  private final CountDownLatch ready = new CountDownLatch(1);

  /**
   * Writes to {@code out} from a thread of its own.
   *
   * @param onBroken run once, on that thread, when {@code out} takes nothing any more
   */
  public LineOutput(OutputStream out, Runnable onBroken) {
    this.buffer = new LineBuffer(out, onBroken);
  }

  /** Says the first line, for which those of {@link #news} wait. */
  public void ready(Members members) {
    line(members);
    ready.countDown();
  }

  /** Says what nobody asked for, once {@link #ready} was said. */
  public void news(Members members) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line(members);
  }

  /** Says a line. */
  public void line(Members members) {
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

  /** Gives back what came as {@code "id"}, if anything did. */
  public static void idField(JsonGenerator json, @Nullable JsonNode id) throws IOException {
    if (id != null) {
      json.writeFieldName("id");
      json.writeTree(id);
    }
  }

  /** Writes the members of one object. */
  @FunctionalInterface
  public interface Members {
    /** Writes them. */
    void write(JsonGenerator json) throws IOException;
  }
}
