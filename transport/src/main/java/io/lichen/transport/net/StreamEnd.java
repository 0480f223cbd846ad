// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

/** Why a stream ended. */
public enum StreamEnd {
  /** The peer gave up sending: what it sent last may be missing. */
  RESET_BY_PEER,
  /** The peer did not acknowledge within all retries: what was sent last may be missing. */
  GAVE_UP,
  /** The peer's packets contradict one another. */
  INCONSISTENT
}
