// SPDX-License-Identifier: Apache-2.0
/** Netty TCP and UDP: handshakes, sessions, frames and packets. Ends at an authenticated packet. */
module io.lichen.transport {
  requires static transitive org.jspecify;
  requires transitive io.lichen.crypto;
  requires transitive io.netty.buffer;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.netty.transport.unix.common;
  requires org.slf4j;

  exports io.lichen.transport.moss;
  exports io.lichen.transport.net;
}
