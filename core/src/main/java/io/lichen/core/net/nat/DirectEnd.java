// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import org.jspecify.annotations.Nullable;

/** What became of a direct connect. */
public sealed interface DirectEnd {
  /**
   * There is a session with the other node.
   *
   * @param isDirect whether it needs no relay
   */
  record Session(boolean isDirect) implements DirectEnd {}

  /**
   * Nobody knows where the other node may be reached, or there is no session with who is to help.
   */
  record NotReachable() implements DirectEnd {}

  /** There is nobody who could introduce the two. */
  record NoCoordinator() implements DirectEnd {}

  /**
   * The coordinator refused, and there is no way over a relay either.
   *
   * @param reason the coordinator's
   */
  record Rejected(RejectReason reason) implements DirectEnd {}

  /** The punch led nowhere, and there is no way over a relay either. */
  record PunchFailed() implements DirectEnd {}

  /**
   * Dials failed.
   *
   * @param cause of the last one
   */
  record Unanswered(@Nullable Throwable cause) implements DirectEnd {}

  /** Too many are under way. */
  record Busy() implements DirectEnd {}
}
