// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

/** What asking has shown. */
public enum Reach {
  /** Two hosts have connected. */
  YES,
  /** None could, or fewer than could not. */
  NO,
  /** One has connected, others were silent: too few to believe it, and nothing against it. */
  ONE,
  /** Too few have said anything, or they do not agree. */
  UNKNOWN
}
