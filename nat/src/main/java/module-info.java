// SPDX-License-Identifier: Apache-2.0
/** NAT traversal: engines that see the network through what their users pass in. */
module io.lichen.nat {
  requires static transitive org.jspecify;
  requires java.xml;

  exports io.lichen.nat.behaviour;
  exports io.lichen.nat.gateway;
  exports io.lichen.nat.path;
  exports io.lichen.nat.profile;
  exports io.lichen.nat.punch;
  exports io.lichen.nat.reach;
  exports io.lichen.nat.relay;
  exports io.lichen.nat.stun;
  exports io.lichen.nat.upnp;
}
