// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import io.lichen.node.lines.LineOp;
import io.lichen.node.lines.LineReader;
import io.lichen.node.lines.LineSession;
import io.lichen.node.lines.LineWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The life of one node in this process: started, served until its input ends or a signal comes, and
 * stopped. Use once.
 */
final class NodeRun {
  /** What a line needs around its base64. */
  private static final int LINE_OVERHEAD_BYTES = 64 * 1024;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final MossNode node;
  private final String ownRoom;
  private final List<String> channels;
  private final CompletableFuture<LineOp.@Nullable Stop> ending = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  NodeRun(MossNode node, List<String> channels) {
    this.node = node;
    this.ownRoom = node.room("").id();
    this.channels = channels;
  }

  /** Speaks the JSON lines of docs/cli.md. */
  int serveJson(InputStream in, OutputStream out) {
    try (LineWriter writer = new LineWriter(out, () -> ending.complete(null))) {
      node.onMessage(message -> write(writer, message));
      node.onEvent(event -> write(writer, event));
      MossNodeTarget target = new MossNodeTarget(node);
      LineOp.Stop stop =
          live(
              () -> {
                writer.ready(target.infoJson());
                LineReader reader = new LineReader(in, maxLineBytes());
                return new LineSession(target, reader, writer).run();
              });
      if (stop != null) {
        writer.reply(stop.name(), 0, null, stop.id());
      }
    } finally {
      ended.complete(null);
    }
    return 0;
  }

  /** Publishes what is typed and prints what comes. */
  int servePerson(InputStream in, OutputStream out) {
    PlainPrinter printer = new PlainPrinter(out, System.err);
    try {
      node.onMessage(printer::message);
      node.onEvent(printer::event);
      live(
          () -> {
            printer.ready(node.info());
            new PlainSession(node, channels, printer).run(in);
            return null;
          });
    } finally {
      ended.complete(null);
    }
    return 0;
  }

  /**
   * Starts the node, serves on a thread of its own, since a read of the input cannot be
   * interrupted, and stops the node when that ends, when the output breaks, or when a signal comes.
   */
  private LineOp.@Nullable Stop live(Service service) {
    channels.forEach(node::subscribe);
    node.start();
    Thread hook = new Thread(this::endBySignal, "lichen-signal");
    Runtime.getRuntime().addShutdownHook(hook);
    Thread.ofPlatform().name("lichen-input").daemon(true).start(() -> serve(service));
    try {
      return ending.join();
    } finally {
      node.close();
    }
  }

  private void serve(Service service) {
    try {
      ending.complete(service.serve());
    } catch (IOException e) {
      ending.completeExceptionally(new UncheckedIOException(e));
    } catch (RuntimeException e) {
      ending.completeExceptionally(e);
    }
  }

  /** The process goes when this returns; so it returns when the node has stopped. */
  private void endBySignal() {
    ending.complete(null);
    ended.join();
  }

  private int maxLineBytes() {
    long base64 = 4L * ((node.maxPublishBytes() + 2L) / 3);
    // Twice: a payload that is too large is answered by its own code, not as a bad line.
    return (int) Math.min(Integer.MAX_VALUE - 8L, 2 * base64 + LINE_OVERHEAD_BYTES);
  }

  private void write(LineWriter writer, MossMessage message) {
    String room = message.room().equals(ownRoom) ? "" : message.room();
    String sender = message.sender() == null ? "" : message.sender().hex();
    writer.message(room, message.channel(), sender, message.data());
  }

  private static void write(LineWriter writer, MossEvent event) {
    try {
      String detail = JSON.writeValueAsString(event.detail());
      writer.event(event.type().id(), event.type().name(), detail);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What serves the input until it ends. */
  @FunctionalInterface
  private interface Service {
    LineOp.@Nullable Stop serve() throws IOException;
  }
}
