// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import org.jspecify.annotations.Nullable;

/** Why a publisher answers as it does. */
public enum AckReason {
  /** Accepted, or no reason given. */
  NONE(0),
  /** Not permitted. */
  UNAUTHORIZED(1),
  /** The publisher has no such channel. */
  UNKNOWN_CHANNEL(2),
  /** Too many refusals lately. */
  RATE_LIMITED(3),
  /** The subscriber has all the channels it may have. */
  TOO_MANY_CHANNELS(4),
  /** The subscriber has not proved who it is; natives below 0.40 cannot read this one. */
  IDENTITY_NOT_ESTABLISHED(5);

  private final int code;

  AckReason(int code) {
    this.code = code;
  }

  /** The octet. */
  public int code() {
    return code;
  }

  /** The reason of an octet, or null. */
  static @Nullable AckReason ofCode(int code) {
    for (AckReason reason : values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    return null;
  }
}
