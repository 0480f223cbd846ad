// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

/** The stable error codes of the Moss API (docs/wire/moss-mesh.md, "Return codes"). */
public enum MossError {
  /** No error. */
  OK(0),
  /** The node is closed. */
  INVALID_HANDLE(-1),
  /** The node was started before. */
  ALREADY_STARTED(-2),
  /** The node is not running. */
  NOT_STARTED(-3),
  /** A channel name is empty or longer than 256 bytes of UTF-8. */
  INVALID_CHANNEL(-4),
  /** A payload is larger than a receiver could take. */
  MESSAGE_TOO_LARGE(-5),
  /** Nobody to send to. */
  NO_PEERS(-6),
  /** No tracker answered. */
  TRACKER_FAIL(-7),
  /** A configuration or an argument is invalid. */
  CONFIG_INVALID(-8),
  /** Out of memory. */
  OUT_OF_MEMORY(-9),
  /** A connection could not be made. */
  CONNECT_FAILED(-10),
  /** Relaying failed. */
  RELAY_FAILED(-11),
  /** A fault of this program. */
  INTERNAL(-12),
  /** The listening sockets could not be bound. */
  LISTEN_FAILED(-13),
  /** The room was not joined. */
  NOT_IN_ROOM(-14);

  private final int code;

  MossError(int code) {
    this.code = code;
  }

  /** The number of the native API. */
  public int code() {
    return code;
  }
}
