// SPDX-License-Identifier: Apache-2.0
/** HTTP and WebSocket access to a node: a small router for embedders, and the node API on it. */
module io.lichen.gateway {
  requires static transitive org.jspecify;
  requires transitive io.lichen.core;
  requires transitive micrometer.core;
  requires transitive com.fasterxml.jackson.databind;
  requires io.netty.buffer;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires micrometer.registry.prometheus;
  requires org.slf4j;

  exports io.lichen.gateway.api;
  exports io.lichen.gateway.http;
}
