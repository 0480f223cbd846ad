// SPDX-License-Identifier: Apache-2.0
/** Simulated networks, virtual time and fault plans. */
module io.lichen.testkit {
  requires static transitive org.jspecify;
  requires transitive io.lichen.crypto;
  requires transitive io.lichen.gossipsub;
}
