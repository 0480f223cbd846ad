// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.PeerId;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One operation that a program asked for; {@code id} is whatever JSON value it wants back, an empty
 * {@code room} is the node's own.
 */
public sealed interface LineOp {
  /** The operation's word, as in {@code "op"}. */
  String name();

  /** What the program gave as {@code "id"}, {@code null} if it gave none. */
  @Nullable JsonNode id();

  /** Publish {@code data} to {@code channel} of {@code room}. */
  record Publish(String room, String channel, byte[] data, @Nullable JsonNode id)
      implements LineOp {
    @Override
    public String name() {
      return "publish";
    }
  }

  /** Take part in {@code channel} of {@code room}. */
  record Subscribe(String room, String channel, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "subscribe";
    }
  }

  /** Leave {@code channel} of {@code room}. */
  record Unsubscribe(String room, String channel, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "unsubscribe";
    }
  }

  /** Join {@code room}; an empty {@code psk} is none. */
  record Join(String room, byte[] psk, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "join";
    }
  }

  /** Leave {@code room}. */
  record Leave(String room, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "leave";
    }
  }

  /** Open a session to {@code address}, {@code [udp://]host:port}. */
  record Connect(String address, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "connect";
    }
  }

  /** Let {@code score} count for {@code peer}; nothing in it: what the node thinks. */
  record Score(PeerId peer, OptionalDouble score, @Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "score";
    }
  }

  /** Tell the state of the node. */
  record Info(@Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "info";
    }
  }

  /** Tell what the node knows about the whole network. */
  record Stats(@Nullable JsonNode id) implements LineOp {
    @Override
    public String name() {
      return "stats";
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
