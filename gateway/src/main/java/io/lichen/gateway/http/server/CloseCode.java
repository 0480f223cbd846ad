// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

/** Why a WebSocket was closed (RFC 6455 section 7.4.1). */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;

  /** The close frame had no code. Never sent. */
  static final int NONE = 1005;

  /** There was no close frame. Never sent. */
  static final int BROKEN = 1006;

  static final int BAD_DATA = 1007;
  static final int TOO_BIG = 1009;
  static final int INTERNAL = 1011;
  static final int TRY_AGAIN_LATER = 1013;

  private CloseCode() {}

  /** Whether a close frame may carry it. */
  static boolean isSendable(int code) {
    return (code >= NORMAL && code <= 1003)
        || (code >= BAD_DATA && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }
}
