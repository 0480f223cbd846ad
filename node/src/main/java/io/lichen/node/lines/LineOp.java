// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One operation that a program asked for; {@code id} is whatever JSON value it wants back. */
public sealed interface LineOp {
  /** The operation's word, as in {@code "op"}. */
  String name();

  /** What the program gave as {@code "id"}, {@code null} if it gave none. */
  @Nullable JsonNode id();

  /** Publish {@code data} to {@code channel}. */
  record Publish(String channel, byte[] data, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "publish";
    }
  }

  /** Take part in {@code channel}. */
  record Subscribe(String channel, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "subscribe";
    }
  }

  /** Leave {@code channel}. */
  record Unsubscribe(String channel, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "unsubscribe";
    }
  }

  /** Open a session to {@code address}, {@code [udp://]host:port}. */
  record Connect(String address, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "connect";
    }
  }

  /** Tell the state of the node. */
  record Info(@Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "info";
    }
  }

  /** Stop the node and end. */
  record Stop(@Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "stop";
    }
  }
}
