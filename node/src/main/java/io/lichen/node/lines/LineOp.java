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
  default String name() {
    return switch (this) {
      case Publish _ -> "publish";
      case Subscribe _ -> "subscribe";
      case Unsubscribe _ -> "unsubscribe";
      case Join _ -> "join";
      case Leave _ -> "leave";
      case Relay _ -> "relay";
      case Connect _, ConnectToPeer _ -> "connect";
      case Score _ -> "score";
      case Info _ -> "info";
      case Stats _ -> "stats";
      case Stop _ -> "stop";
    };
  }

  /** What the program gave as {@code "id"}, {@code null} if it gave none. */
  @Nullable JsonNode id();

  /** Publish {@code data} to {@code channel} of {@code room}. */
  record Publish(String room, String channel, byte[] data, @Nullable JsonNode id)
      implements LineOp {}

  /** Take part in {@code channel} of {@code room}. */
  record Subscribe(String room, String channel, @Nullable JsonNode id) implements LineOp {}

  /** Leave {@code channel} of {@code room}. */
  record Unsubscribe(String room, String channel, @Nullable JsonNode id) implements LineOp {}

  /** Join {@code room}; an empty {@code psk} is none. */
  record Join(String room, byte[] psk, @Nullable JsonNode id) implements LineOp {}

  /** Leave {@code room}. */
  record Leave(String room, @Nullable JsonNode id) implements LineOp {}

  /** Open a session to {@code address}, {@code [udp://]host:port}. */
  record Connect(String address, @Nullable JsonNode id) implements LineOp {}

  /** Send {@code data} to {@code peer} through a relay. */
  record Relay(PeerId peer, byte[] data, @Nullable JsonNode id) implements LineOp {}

  /** Want a session with {@code peer}, by whatever way. */
  record ConnectToPeer(PeerId peer, @Nullable JsonNode id) implements LineOp {}

  /** Let {@code score} count for {@code peer}; nothing in it: what the node thinks. */
  record Score(PeerId peer, OptionalDouble score, @Nullable JsonNode id) implements LineOp {}

  /** Tell the state of the node. */
  record Info(@Nullable JsonNode id) implements LineOp {}

  /** Tell what the node knows about the whole network. */
  record Stats(@Nullable JsonNode id) implements LineOp {}

  /** Stop the node and end. */
  record Stop(@Nullable JsonNode id) implements LineOp {}
}
