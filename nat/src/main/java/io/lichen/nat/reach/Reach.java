// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.reach;

/** What asking has shown. */
public enum Reach {
  /** Two hosts have connected. */
  YES,
  /** None could, or fewer than could not. */
  NO,
  /** Too few have said anything. */
  UNKNOWN
}
