// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

/**
 * What became of a cell; times in milliseconds since the one asked to be connected, -1 for never.
 *
 * @param reach how they reached each other in the end
 * @param sessionMs until both had a session of whatever kind
 * @param directMs until both had a direct one
 * @param messagesMs until both had heard the other
 */
record Outcome(Reach reach, long sessionMs, long directMs, long messagesMs) {
  static final long NEVER = -1;

  @Override
  public String toString() {
    String heard =
        messagesMs == NEVER ? "heard nothing" : "heard %.1f s".formatted(messagesMs / 1e3);
    return switch (reach) {
      case NONE -> "none";
      case RELAYED -> "relayed, " + heard;
      case DIRECT -> "direct %.1f s, %s".formatted(directMs / 1e3, heard);
    };
  }
}
