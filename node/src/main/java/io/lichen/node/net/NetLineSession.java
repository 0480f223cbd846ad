// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.net;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.node.lines.BadLineException;
import io.lichen.node.lines.LineObject;
import io.lichen.node.lines.LineOutput;
import io.lichen.node.lines.LineReader;
import io.lichen.node.net.NetTarget.TokenRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a program asks for, one operation after the other, so that replies stand in the
 * order of the operations. A line that is no operation costs one error line, an operation that
 * cannot be carried out a reply that says why; nothing else happens.
 */
public final class NetLineSession {
  private static final int DEFAULT_WINDOW_BYTES = 65_536;
  private static final int DEFAULT_TTL_SECONDS = 3_600;
  private static final int MAX_DEPTH = 255;

  private final NetTarget target;
  private final LineReader in;
  private final LineOutput out;

  /** Joins the three; {@link #run} does the work. */
  public NetLineSession(NetTarget target, LineReader in, LineOutput out) {
    this.target = target;
    this.in = in;
    this.out = out;
  }

  /**
   * Serves until {@code stop} or the end of the input. The reply to {@code stop} is the caller's,
   * once the node has stopped.
   *
   * @return the stop operation; {@code null} if the input ended
   */
  public @Nullable LineObject run() throws IOException {
    while (true) {
      LineObject op;
      try {
        byte[] line = in.next();
        if (line == null) {
          return null;
        }
        if (line.length == 0) {
          continue;
        }
        op = LineObject.parse(line);
      } catch (BadLineException e) {
        out.error(NetError.INVALID_JSON.code(), String.valueOf(e.getMessage()), e.id());
        continue;
      }
      if (op.op().equals("stop")) {
        return op;
      }
      out.line(reply(op));
    }
  }

  private LineOutput.Members reply(LineObject op) {
    try {
      return NetReplies.done(op, perform(op));
    } catch (BadLineException e) {
      return NetReplies.refused(op, NetError.INVALID_ARGUMENT, e);
    } catch (NetException e) {
      return NetReplies.refused(op, e.error(), e);
    }
  }

  /** What the reply says beyond its code. */
  private LineOutput.Members perform(LineObject op) throws BadLineException {
    return switch (op.op()) {
      case "accept" -> NetReplies.accepted(target.accept(op.u64("nodeId")));
      case "connect" -> connect(op);
      case "start" -> done(target::start);
      case "channel" -> channel(op);
      case "subscribe" -> subscribe(op);
      case "unsubscribe" -> unsubscribe(op);
      case "publish" -> publish(op);
      case "openStream" -> openStream(op);
      case "send" -> send(op);
      case "announce" -> announce(op);
      case "find" -> NetReplies.nodes(target.find(op.object("filter")));
      case "issueToken" -> NetReplies.token(target.issueToken(tokenRequest(op)));
      case "natType" -> NatLines.natType(target.nat(), op);
      case "probeReflex" -> NatLines.probeReflex(target.nat(), op);
      case "reflexOverride" -> NatLines.reflexOverride(target.nat(), op);
      case "connectDirect" -> NatLines.connectDirect(target.nat(), op);
      case "traversalStats" -> NatLines.traversalStats(target.nat());
      case "peers" -> NetReplies.peers(target.peers());
      case "stats" -> NetReplies.stats(target.stats());
      default ->
          throw op.bad(
              "unknown op \""
                  + LineObject.abbreviate(op.op())
                  + "\"; known are accept, connect, start, channel, subscribe, unsubscribe, publish,"
                  + " openStream, send, announce, find, issueToken, natType, probeReflex,"
                  + " reflexOverride, connectDirect, traversalStats, peers, stats and stop");
    };
  }

  private static LineOutput.Members done(Runnable step) {
    step.run();
    return json -> {};
  }

  private LineOutput.Members connect(LineObject op) throws BadLineException {
    var address = Addresses.parse(op, "address");
    byte[] key = op.hex("publicKey");
    long nodeId = op.u64("nodeId");
    return done(
        () -> {
          if (op.has("relay")) {
            target.connectVia(address, key, nodeId);
          } else {
            target.connect(address, key, nodeId);
          }
        });
  }

  private LineOutput.Members channel(LineObject op) throws BadLineException {
    String name = op.text("name");
    String config = op.object("config");
    return done(() -> target.channel(name, config));
  }

  private LineOutput.Members subscribe(LineObject op) throws BadLineException {
    long publisher = op.u64("publisher");
    String channel = op.text("channel");
    byte[] token = op.has("token") ? op.hex("token") : null;
    String group = op.has("queueGroup") ? op.text("queueGroup") : null;
    return done(() -> target.subscribe(publisher, channel, token, group));
  }

  private LineOutput.Members unsubscribe(LineObject op) throws BadLineException {
    long publisher = op.u64("publisher");
    String channel = op.text("channel");
    return done(() -> target.unsubscribe(publisher, channel));
  }

  private LineOutput.Members publish(LineObject op) throws BadLineException {
    Boolean reliable = op.has("reliability") ? isReliable(op) : null;
    return NetReplies.report(target.publish(op.text("channel"), op.base64("data"), reliable));
  }

  private LineOutput.Members openStream(LineObject op) throws BadLineException {
    long peer = op.u64("peer");
    long stream = op.u64("stream");
    boolean reliable = op.has("reliability") && isReliable(op);
    int window = op.number("windowBytes", 0, Integer.MAX_VALUE, DEFAULT_WINDOW_BYTES);
    return done(() -> target.openStream(peer, stream, reliable, window));
  }

  private LineOutput.Members send(LineObject op) throws BadLineException {
    long peer = op.u64("peer");
    long stream = op.u64("stream");
    List<byte[]> events = new ArrayList<>();
    for (String event : texts(op, "events")) {
      events.add(op.base64("events", event));
    }
    return done(() -> target.send(peer, stream, events));
  }

  private LineOutput.Members announce(LineObject op) throws BadLineException {
    String capabilities = op.object("capabilities");
    return done(() -> target.announce(capabilities));
  }

  private static TokenRequest tokenRequest(LineObject op) throws BadLineException {
    return new TokenRequest(
        op.hex("subject"),
        op.has("scope") ? texts(op, "scope") : List.of("subscribe"),
        op.text("channel"),
        op.number("ttlSeconds", 1, Integer.MAX_VALUE, DEFAULT_TTL_SECONDS),
        op.number("delegationDepth", 0, MAX_DEPTH, 0));
  }

  private static boolean isReliable(LineObject op) throws BadLineException {
    return switch (op.text("reliability")) {
      case "reliable" -> true;
      case "fire_and_forget" -> false;
      default -> throw op.bad("\"reliability\" is neither \"reliable\" nor \"fire_and_forget\"");
    };
  }

  private static List<String> texts(LineObject op, String member) throws BadLineException {
    JsonNode array = op.json().path(member);
    if (!array.isArray()) {
      throw op.bad("an array member \"" + member + "\" is missing");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.isTextual()) {
        String shown = LineObject.abbreviate(element.toString());
        throw op.bad("an element of \"" + member + "\" is no string: " + shown);
      }
      texts.add(element.textValue());
    }
    return texts;
  }
}
