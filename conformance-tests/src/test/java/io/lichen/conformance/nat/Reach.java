// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

/** How one node reaches another, from worst to best. */
enum Reach {
  NONE,
  RELAYED,
  DIRECT
}
