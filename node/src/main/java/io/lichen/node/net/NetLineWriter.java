// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import io.lichen.core.net.NetEvent;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.StreamEvent;
import io.lichen.node.lines.LineObject;
import io.lichen.node.lines.LineOutput;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Writes the lines that a Net node says of its own accord. Thread-safe. */
public final class NetLineWriter {
  private final LineOutput out;

  /** Says them there. */
  public NetLineWriter(LineOutput out) {
    this.out = out;
  }

  /**
   * Who the node is: the first line.
   *
   * @param url of its gateway; null without one
   */
  public void ready(NetNode node, @Nullable String url) {
    out.ready(
        json -> {
          json.writeStringField("type", "ready");
          json.writeStringField("publicKey", HexFormat.of().formatHex(node.publicKey()));
          json.writeStringField("nodeId", Long.toUnsignedString(node.nodeId()));
          json.writeStringField("entityId", node.entityId().hex());
          json.writeStringField("address", Addresses.text(node.address()));
          if (url != null) {
            json.writeStringField("http", url);
          }
        });
  }

  /** An event came in. */
  public void event(NetEvent event) {
    out.news(
        json -> {
          json.writeStringField("type", "event");
          json.writeStringField("peer", Long.toUnsignedString(event.peer()));
          json.writeStringField("stream", Long.toUnsignedString(event.streamId()));
          json.writeStringField("channel", event.channel());
          json.writeBinaryField("data", event.data());
        });
  }

  /** Something happened to a peer. */
  public void peer(PeerEvent event) {
    out.news(
        json -> {
          json.writeStringField("type", "peer");
          json.writeStringField("event", NetReplies.word(event.type()));
          NetReplies.peer(json, event.peer());
        });
  }

  /** A stream ended, or something went missing on it. */
  public void stream(StreamEvent event) {
    out.news(
        json -> {
          json.writeStringField("type", "stream");
          json.writeStringField("event", event instanceof StreamEvent.Gap ? "gap" : "ended");
          json.writeStringField("peer", Long.toUnsignedString(event.peer()));
          json.writeStringField("stream", Long.toUnsignedString(event.streamId()));
          switch (event) {
            case StreamEvent.Gap gap -> {
              json.writeStringField("sequence", Long.toUnsignedString(gap.sequence()));
              json.writeStringField("packets", Long.toUnsignedString(gap.packets()));
            }
            case StreamEvent.Ended ended ->
                json.writeStringField("reason", NetReplies.word(ended.reason()));
          }
        });
  }

  /** The reply to {@code stop}, once the node has stopped. */
  public void stopped(LineObject stop) {
    out.line(NetReplies.done(stop, json -> {}));
  }
}
