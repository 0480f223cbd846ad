// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

/** Who may join the queue groups of a channel. */
public enum GroupPolicy {
  /** Whoever may subscribe. */
  ANYBODY,
  /** Nobody: every subscriber gets every publish. */
  NOBODY,
  /** Who presents a token for the group's hash in place of the channel's. */
  TOKEN_BOUND
}
