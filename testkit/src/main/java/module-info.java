// SPDX-License-Identifier: Apache-2.0
/** Simulated networks and virtual time, for tests of anything that takes its time from outside. */
module io.lichen.testkit {
  requires static transitive org.jspecify;
  requires transitive io.lichen.crypto;
  requires transitive io.lichen.gossipsub;

  exports io.lichen.testkit;
  exports io.lichen.testkit.gossipsub;
  exports io.lichen.testkit.nat;
}
