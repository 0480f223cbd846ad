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
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
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
  private final NodeLife<LineOp.Stop> life;

  NodeRun(MossNode node, List<String> channels) {
    this.node = node;
    this.ownRoom = node.room("").id();
    this.channels = channels;
    this.life = new NodeLife<>(node::close);
  }

  /** Speaks the JSON lines of docs/cli.md. */
  int serveJson(InputStream in, OutputStream out) {
    try (LineWriter writer = new LineWriter(out, life::end)) {
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
      life.ended();
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
      life.ended();
    }
    return 0;
  }

  private LineOp.@Nullable Stop live(NodeLife.Service<LineOp.Stop> service) {
    channels.forEach(node::subscribe);
    node.start();
    return life.live(service);
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
}
