// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/** A request that is answered with an error of its own: a status, a stable code and a text. */
public class HttpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  /**
   * @param status 400 to 599
   * @param code stable and short, for programs: {@code invalid_body}
   * @param message for people: what was wrong, and what would have been right
   */
  public HttpException(int status, String code, String message) {
    super(message);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("status " + status + " is no error, which is 400 to 599");
    }
    this.status = status;
    this.code = code;
  }

  /** 400 to 599. */
  public int status() {
    return status;
  }

  /** Stable and short, for programs. */
  public String code() {
    return code;
  }
}
