// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what a program asks for, one operation after the other, so that replies stand in the
 * order of the operations. A bad line costs one error line and nothing else.
 */
public final class LineSession {
  private final LineTarget target;
  private final LineReader in;
  private final LineWriter out;
  private final LineDecoder decoder = new LineDecoder();

  /** Joins the three; {@link #run} does the work. */
  public LineSession(LineTarget target, LineReader in, LineWriter out) {
    this.target = target;
    this.in = in;
    this.out = out;
  }

  /**
   * Serves until {@code stop} or the end of the input. The reply to {@code stop} is not given here:
   * the caller gives it with {@link LineWriter#reply} once the node has stopped.
   *
   * @return the stop operation; {@code null} if the input ended
   */
  public LineOp.@Nullable Stop run() throws IOException {
    while (true) {
      try {
        byte[] line = in.next();
        if (line == null) {
          return null;
        }
        if (line.length == 0) {
          continue;
        }
        LineOp op = decoder.decode(line);
        if (op instanceof LineOp.Stop stop) {
          return stop;
        }
        perform(op);
      } catch (BadLineException e) {
        out.error(MossError.CONFIG_INVALID.code(), String.valueOf(e.getMessage()), e.id());
      }
    }
  }

  private void perform(LineOp op) {
    try {
      switch (op) {
        case LineOp.Publish p -> target.publish(p.room(), p.channel(), p.data());
        case LineOp.Subscribe s -> target.subscribe(s.room(), s.channel());
        case LineOp.Unsubscribe u -> target.unsubscribe(u.room(), u.channel());
        case LineOp.Join j -> target.join(j.room(), j.psk());
        case LineOp.Leave l -> target.leave(l.room());
        case LineOp.Connect c -> target.connect(c.address());
        case LineOp.Relay r -> target.relay(r.peer(), r.data());
        case LineOp.ConnectToPeer c -> target.connect(c.peer());
        case LineOp.Score s -> target.score(s.peer(), s.score());
        case LineOp.Info i -> {
          out.info(i.id(), target.infoJson());
          return;
        }
        case LineOp.Stats s -> {
          out.stats(s.id(), target.statsJson());
          return;
        }
        case LineOp.Stop ignored -> throw new AssertionError("handled by run");
      }
      out.reply(op.name(), MossError.OK.code(), null, op.id());
    } catch (MossException e) {
      refuse(op.name(), e, op.id());
    }
  }

  private void refuse(String op, MossException e, @Nullable JsonNode id) {
    out.reply(op, e.error().code(), e.getMessage(), id);
  }
}
