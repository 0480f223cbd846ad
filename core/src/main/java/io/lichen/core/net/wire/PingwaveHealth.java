// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

/** How the origin of a pingwave is (docs/wire/net-routing.md, "Pingwave"). */
public enum PingwaveHealth {
  /** All is well. */
  HEALTHY(0),
  /** It works, but not as it should. */
  DEGRADED(1),
  /** It should be avoided. */
  UNHEALTHY(2),
  /** It does not know. */
  UNKNOWN(3);

  private final int code;

  PingwaveHealth(int code) {
    this.code = code;
  }

  /** The octet that stands for it. */
  public int code() {
    return code;
  }

  static PingwaveHealth of(int code) throws NetWireException {
    for (PingwaveHealth health : values()) {
      if (health.code == code) {
        return health;
      }
    }
    throw new NetWireException("a pingwave's health is 0 to 3, not " + code);
  }
}
