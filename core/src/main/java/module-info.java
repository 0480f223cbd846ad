// SPDX-License-Identifier: Apache-2.0
/** The runtime you embed: {@code MossNode} and all that it composes. */
module io.lichen.core {
  requires static transitive org.jspecify;
  requires transitive io.lichen.crypto;
  requires transitive io.lichen.transport;
  requires transitive io.lichen.gossipsub;
  requires transitive io.lichen.nat;
  requires transitive io.lichen.redex;
  requires transitive micrometer.core;
  requires io.netty.common;
  requires org.slf4j;
  requires java.net.http;

  exports io.lichen.core.bus;
  exports io.lichen.core.moss;
  exports io.lichen.core.nat.check;
  exports io.lichen.core.net;
  exports io.lichen.core.net.capability;
  exports io.lichen.core.net.channel;
  exports io.lichen.core.net.redex;
  exports io.lichen.core.net.topic;
  exports io.lichen.core.topic;
}
