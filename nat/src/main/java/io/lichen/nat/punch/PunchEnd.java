// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.punch;

/** What became of a punch. */
public enum PunchEnd {
  /** The other end is met. */
  MET,
  /** There is nobody who could coordinate it. */
  NO_COORDINATOR,
  /** Nothing led there in time. */
  MISSED,
  /** Nobody wants it any more. */
  CANCELLED
}
