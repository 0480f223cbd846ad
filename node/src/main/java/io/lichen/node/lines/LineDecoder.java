// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.crypto.PeerId;
import java.util.OptionalDouble;

/**
 * Turns a line into a {@link LineOp} or refuses it with a reason. Members that it does not know are
 * ignored, so that a later contract can add some. Thread-safe.
 */
public final class LineDecoder {
  /**
   * Decodes one line.
   *
   * @param line the octets of the line without its end, UTF-8
   * @throws BadLineException if it is not an operation of the contract
   */
  public LineOp decode(byte[] line) throws BadLineException {
    LineObject object = LineObject.parse(line);
    JsonNode id = object.id();
    return switch (object.op()) {
      case "publish" ->
          new LineOp.Publish(room(object), object.text("channel"), object.base64("data"), id);
      case "subscribe" -> new LineOp.Subscribe(room(object), object.text("channel"), id);
      case "unsubscribe" -> new LineOp.Unsubscribe(room(object), object.text("channel"), id);
      case "join" -> new LineOp.Join(object.text("room"), psk(object), id);
      case "leave" -> new LineOp.Leave(object.text("room"), id);
      case "relay" -> new LineOp.Relay(peer(object), object.base64("data"), id);
      case "connect" ->
          object.has("peer")
              ? new LineOp.ConnectToPeer(peer(object), id)
              : new LineOp.Connect(object.text("address"), id);
      case "score" -> new LineOp.Score(peer(object), score(object), id);
      case "info" -> new LineOp.Info(id);
      case "stats" -> new LineOp.Stats(id);
      case "stop" -> new LineOp.Stop(id);
      default ->
          throw object.bad(
              "unknown op \""
                  + LineObject.abbreviate(object.op())
                  + "\"; known are publish, subscribe, unsubscribe, join, leave, connect, relay,"
                  + " score, info, stats and stop");
    };
  }

  /** The node's own room where none is named. */
  private static String room(LineObject object) throws BadLineException {
    return object.has("room") ? object.text("room") : "";
  }

  private static byte[] psk(LineObject object) throws BadLineException {
    return object.has("psk") ? object.base64("psk") : new byte[0];
  }

  private static PeerId peer(LineObject object) throws BadLineException {
    String hex = object.text("peer");
    try {
      return PeerId.parse(hex);
    } catch (IllegalArgumentException e) {
      throw object.bad("\"peer\" is no key: " + LineObject.firstLine(e.getMessage()));
    }
  }

  private static OptionalDouble score(LineObject object) throws BadLineException {
    JsonNode score = object.json().get("score");
    if (score == null) {
      return OptionalDouble.empty();
    }
    if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
      throw object.bad("\"score\" is no finite number");
    }
    return OptionalDouble.of(score.doubleValue());
  }
}
