// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.io.IOException;
import java.io.Serial;

/** A gateway said something that is no answer, or refused. */
public final class UpnpException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  private final String code;

  /** What was wrong. */
  public UpnpException(String message) {
    super(message);
    this.code = "";
  }

  /** What was refused, and the gateway's code for it. */
  UpnpException(String message, String code) {
    super(message + ": " + code);
    this.code = code;
  }

  /** What was wrong, and why. */
  public UpnpException(String message, Throwable cause) {
    super(message, cause);
    this.code = "";
  }

  /** The gateway's code of a refusal, else empty. */
  public String code() {
    return code;
  }
}
