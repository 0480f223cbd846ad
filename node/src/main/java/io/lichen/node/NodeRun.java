// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.MossMessage;
import io.lichen.core.moss.MossNode;
import io.lichen.core.topic.TopicMessage;
import io.lichen.crypto.PeerId;
import io.lichen.gateway.api.Gateway;
import io.lichen.gateway.api.GatewayBuilder;
import io.lichen.node.lines.LineOp;
import io.lichen.node.lines.LineReader;
import io.lichen.node.lines.LineSession;
import io.lichen.node.lines.LineWriter;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The life of one node in this process: started, served until its input ends or a signal comes, and
 * stopped. Use once.
 */
final class NodeRun {
  /** What a line needs around its base64. */
  private static final int LINE_OVERHEAD_BYTES = 64 * 1024;

  private final MossNode node;
  private final String ownRoom;
  private final List<String> channels;
  private final KeptChannels kept;
  private final NodeLife<LineOp.Stop> life;
  private final @Nullable GatewayBuilder http;
  private @Nullable Gateway gateway;

  /**
   * Of a node that is not started.
   *
   * @param http the gateway to it, not started either; null for none
   */
  NodeRun(MossNode node, List<String> channels, KeptChannels kept, @Nullable GatewayBuilder http) {
    this.node = node;
    this.ownRoom = node.room("").id();
    this.channels = channels;
    this.kept = kept;
    this.http = http;
    this.life = new NodeLife<>(this::close);
  }

  private void close() {
    if (gateway != null) {
      gateway.close();
    }
    node.close();
    kept.close();
  }

  /** Speaks the JSON lines of docs/cli.md. */
  int serveJson(InputStream in, OutputStream out) {
    try (LineWriter writer = new LineWriter(out, life::end)) {
      node.onMessage(message -> write(writer, message));
      kept.open(node, (channel, message) -> write(writer, channel, message));
      node.onEvent(event -> write(writer, event));
      node.onRelay(data -> writer.relayed(data.sender().hex(), data.data(), data.sealed()));
      MossNodeTarget target = new MossNodeTarget(node);
      LineOp.Stop stop =
          live(
              () -> {
                writer.ready(target.infoJson(), url());
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
      node.onMessage(message -> print(printer, message));
      kept.open(node, (channel, message) -> print(printer, channel, message));
      node.onEvent(printer::event);
      live(
          () -> {
            printer.ready(node.info(), url());
            new PlainSession(node, allChannels(), printer).run(in);
            return null;
          });
    } finally {
      life.ended();
    }
    return 0;
  }

  private LineOp.@Nullable Stop live(NodeLife.Service<LineOp.Stop> service) {
    channels.forEach(node::subscribe);
    try {
      gateway = http == null ? null : http.moss(node).start();
      node.start();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
    return life.live(service);
  }

  private @Nullable String url() {
    return gateway == null ? null : HttpOptions.url(gateway);
  }

  private int maxLineBytes() {
    long base64 = 4L * ((node.maxPublishBytes() + 2L) / 3);
    // Twice: a payload that is too large is answered by its own code, not as a bad line.
    return (int) Math.min(Integer.MAX_VALUE - 8L, 2 * base64 + LINE_OVERHEAD_BYTES);
  }

  private List<String> allChannels() {
    return Stream.concat(channels.stream(), kept.names().stream()).toList();
  }

  /** What comes of a kept channel is shown when it is in the log. */
  private boolean isKept(MossMessage message) {
    return message.room().equals(ownRoom) && kept.has(message.channel());
  }

  private void print(PlainPrinter printer, MossMessage message) {
    if (!isKept(message)) {
      printer.message(message);
    }
  }

  private void print(PlainPrinter printer, String channel, TopicMessage message) {
    byte[] sender = message.sender();
    PeerId name = sender.length == PeerId.BYTES ? PeerId.of(sender) : null;
    printer.message(new MossMessage(ownRoom, channel, name, message.data()));
  }

  private static void write(LineWriter writer, String channel, TopicMessage message) {
    String sender = HexFormat.of().formatHex(message.sender());
    writer.kept(channel, sender, message.offset(), message.data());
  }

  private void write(LineWriter writer, MossMessage message) {
    if (isKept(message)) {
      return;
    }
    String room = message.room().equals(ownRoom) ? "" : message.room();
    String sender = message.sender() == null ? "" : message.sender().hex();
    writer.message(room, message.channel(), sender, message.data());
  }

  private static void write(LineWriter writer, MossEvent event) {
    writer.event(event.type().id(), event.type().name(), event.detail());
  }
}
