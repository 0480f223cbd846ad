// SPDX-License-Identifier: Apache-2.0
/** The GossipSub engine: a state machine without sockets, threads or clock. */
module io.lichen.gossipsub {
  requires static transitive org.jspecify;
  requires transitive io.lichen.crypto;

  exports io.lichen.gossipsub;
}
