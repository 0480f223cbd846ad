// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be before anybody looks at it. Strict where two readers could see two
 * different requests (RFC 9112 sections 3.2 and 6.3).
 */
final class RequestChecks {
  private RequestChecks() {}

  /** Why a request is not taken, or null. */
  static @Nullable Refusal refusal(HttpRequest head, int maxBodyBytes) {
    if (head.decoderResult().isFailure()) {
      return of(head.decoderResult());
    }
    boolean current = head.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (!current && !head.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      return Refusal.BAD_VERSION;
    }
    HttpHeaders headers = head.headers();
    List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1 || (current && hosts.isEmpty()) || !head.uri().startsWith("/")) {
      return Refusal.BAD_REQUEST;
    }
    Refusal framing = framing(headers, current);
    return framing != null ? framing : size(headers, maxBodyBytes);
  }

  /** What a failure of the decoder means to the client. */
  static Refusal of(DecoderResult failure) {
    return switch (failure.cause()) {
      case TooLongHttpLineException line -> Refusal.TARGET_TOO_LONG;
      case TooLongHttpHeaderException header -> Refusal.HEADERS_TOO_LARGE;
      default -> Refusal.BAD_REQUEST;
    };
  }

  private static @Nullable Refusal framing(HttpHeaders headers, boolean current) {
    List<String> codings = headers.getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return null;
    }
    if (!current || codings.size() > 1 || headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      return Refusal.BAD_REQUEST;
    }
    return HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst())
        ? null
        : Refusal.NOT_IMPLEMENTED;
  }

  private static @Nullable Refusal size(HttpHeaders headers, int maxBodyBytes) {
    String expectation = headers.get(HttpHeaderNames.EXPECT);
    if (expectation != null && !HttpHeaderValues.CONTINUE.contentEqualsIgnoreCase(expectation)) {
      return Refusal.BAD_EXPECTATION;
    }
    String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    return length != null && Long.parseLong(length) > maxBodyBytes ? Refusal.BODY_TOO_LARGE : null;
  }
}
