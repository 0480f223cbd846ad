// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import java.io.Serial;

/** A handshake payload that is not what it should be; the message says where. */
public final class MalformedPayloadException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Makes one. No stack trace is taken: remote sides cause these at will. */
  public MalformedPayloadException(String message) {
    super(message, null, false, false);
  }
}
