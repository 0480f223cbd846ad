// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.path;

/** What became of an attempt at a direct path. */
public enum PathEnd {
  /** There is one. */
  DIRECT,
  /** There was nothing to try, or all of it has failed before the time was up. */
  EXHAUSTED,
  /** The time is up. */
  TIMED_OUT,
  /** Nobody wants it any more. */
  CANCELLED
}
