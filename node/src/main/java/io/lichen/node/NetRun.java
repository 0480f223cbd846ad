// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.StreamEvent;
import io.lichen.gateway.api.Gateway;
import io.lichen.gateway.api.GatewayBuilder;
import io.lichen.node.lines.LineObject;
import io.lichen.node.lines.LineOutput;
import io.lichen.node.lines.LineReader;
import io.lichen.node.net.EachOne;
import io.lichen.node.net.NetLineSession;
import io.lichen.node.net.NetLineWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The life of one Net node in this process: served until its input ends or a signal comes, and
 * stopped. Use once.
 */
final class NetRun {
  /** Room for many of the largest events in one send. */
  private static final int MAX_LINE_BYTES = 8 * 1024 * 1024;

  private final NetNode node;
  private final KeptNetChannels kept;
  private final NodeLife<LineObject> life;
  private final @Nullable Gateway gateway;

  /**
   * Of a node that is not started.
   *
   * @param http the gateway to it, not started either; null for none
   */
  NetRun(NetNode node, KeptNetChannels kept, @Nullable GatewayBuilder http) {
    this.node = node;
    this.kept = kept;
    this.gateway = started(node, kept, http);
    this.life = new NodeLife<>(this::close);
  }

  private static @Nullable Gateway started(
      NetNode node, KeptNetChannels kept, @Nullable GatewayBuilder http) {
    try {
      return http == null ? null : http.net(node).start();
    } catch (RuntimeException e) {
      kept.close();
      node.close();
      throw e;
    }
  }

  private @Nullable String url() {
    return gateway == null ? null : HttpOptions.url(gateway);
  }

  private void close() {
    if (gateway != null) {
      gateway.close();
    }
    kept.close();
    node.close();
  }

  /** Speaks the JSON lines of docs/cli.md. */
  int serveJson(InputStream in, OutputStream out) {
    try (LineOutput output = new LineOutput(out, life::end)) {
      NetLineWriter writer = new NetLineWriter(output);
      node.events().subscribe(new EachOne<NetEvent>(writer::event));
      node.peerEvents().subscribe(new EachOne<PeerEvent>(writer::peer));
      node.streamEvents().subscribe(new EachOne<StreamEvent>(writer::stream));
      NetNodeTarget target = new NetNodeTarget(node, kept);
      LineObject stop =
          life.live(
              () -> {
                writer.ready(node, url());
                LineReader reader = new LineReader(in, MAX_LINE_BYTES);
                return new NetLineSession(target, reader, output).run();
              });
      if (stop != null) {
        writer.stopped(stop);
      }
    } finally {
      life.ended();
    }
    return 0;
  }

  /** Takes part at once, passes on what is for others, and prints what comes. */
  int servePerson(InputStream in, OutputStream out) {
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    try {
      node.events().subscribe(new EachOne<NetEvent>(event -> print(printed, event)));
      node.peerEvents().subscribe(new EachOne<PeerEvent>(NetRun::print));
      node.streamEvents().subscribe(new EachOne<StreamEvent>(NetRun::print));
      life.live(
          () -> {
            node.start();
            introduce();
            return waitForEnd(in);
          });
    } finally {
      life.ended();
    }
    return 0;
  }

  private void introduce() {
    System.err.println(
        "node "
            + Long.toUnsignedString(node.nodeId())
            + " with public key "
            + HexFormat.of().formatHex(node.publicKey())
            + " listens on "
            + node.address()
            + (gateway == null ? "" : ", and at " + url())
            + "; Ctrl-C stops it");
  }

  private static @Nullable LineObject waitForEnd(InputStream in) throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    return null;
  }

  private static void print(PrintStream out, NetEvent event) {
    String where =
        event.channel() == null ? Long.toUnsignedString(event.streamId()) : event.channel();
    String text = new String(event.data(), StandardCharsets.UTF_8);
    out.println(
        "["
            + PlainPrinter.printable(where)
            + "] "
            + Long.toUnsignedString(event.peer())
            + ": "
            + PlainPrinter.printable(text));
  }

  private static void print(StreamEvent event) {
    String what =
        switch (event) {
          case StreamEvent.Gap gap -> "lacks " + gap.packets() + " packets";
          case StreamEvent.Ended ended -> "ended: " + ended.reason();
        };
    System.err.println(
        "* stream "
            + Long.toUnsignedString(event.streamId())
            + " of "
            + Long.toUnsignedString(event.peer())
            + " "
            + what);
  }

  private static void print(PeerEvent event) {
    System.err.println("* " + event.type() + " " + Long.toUnsignedString(event.peer().nodeId()));
  }
}
