// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/** A request's body that can not be read as what the handler expects: 400 or 415. */
public final class BodyException extends HttpException {
  private static final long serialVersionUID = 1L;

  private BodyException(int status, String code, String message) {
    super(status, code, message);
  }

  /** 400 {@code invalid_body}: it is not what it should be. */
  public static BodyException invalid(String message) {
    return new BodyException(400, "invalid_body", message);
  }

  /** 415 {@code unsupported_body}: its type or charset is one that the handler does not read. */
  public static BodyException unsupported(String message) {
    return new BodyException(415, "unsupported_body", message);
  }
}
