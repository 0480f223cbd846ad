// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** The one unchecked error of the engine's local API: a caller asked for what the bounds forbid. */
public final class GossipSubException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Makes an error.
   *
   * @param message what was wrong, with the value, and what would have been right
   */
  public GossipSubException(String message) {
    super(message);
  }
}
