// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.lichen.gateway.http.Answer;
import io.lichen.gateway.http.Body;
import io.lichen.gateway.http.Request;
import io.lichen.gateway.http.Response;
import io.netty.channel.DefaultFileRegion;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer that can be written without waiting for anything: its file is open.
 *
 * @param file what the body is, if it is a file; whoever has the reply releases it
 */
record Reply(Request request, Response response, @Nullable DefaultFileRegion file) {
  private static final Logger LOG = LoggerFactory.getLogger(Reply.class);

  /** Asks for an answer. On a thread that may block; throws nothing. */
  static Reply to(Request request, Function<Request, Answer> answers) {
    try {
      Answer answer = answers.apply(request);
      return opened(answer.request(), answer.response());
    } catch (IOException | RuntimeException e) {
      LOG.error("no answer to {} {}", request.method(), request.target(), e);
      return new Reply(request, Refusal.INTERNAL.response(), null);
    }
  }

  private static Reply opened(Request request, Response response) throws IOException {
    boolean isSent = ResponseHead.mayHaveBody(response) && !request.method().equals("HEAD");
    if (!(response.body() instanceof Body.FileRegion region) || !isSent) {
      return new Reply(request, response, null);
    }
    DefaultFileRegion file =
        new DefaultFileRegion(region.file().toFile(), region.offset(), region.length());
    file.open();
    return new Reply(request, response, file);
  }

  /** How long the body is, also when only its header is asked for; -1 when nobody knows. */
  long length() {
    return switch (response.body()) {
      case Body.Bytes body -> body.bytes().length;
      case Body.FileRegion region -> region.length();
      case Body.Empty unused -> 0;
      case Body.Events unused -> -1;
      case Body.Upgrade unused -> 0;
    };
  }

  /** A refusal in the place of this reply. */
  Reply instead(Refusal refusal) {
    discard();
    return new Reply(request, refusal.response(), null);
  }

  /** Nobody will write it. */
  void discard() {
    if (file != null) {
      file.release();
    }
  }
}
