// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A NAT before one socket, by the book (RFC 4787). */
final class NatModel {
  static final String EXTERNAL_HOST = "203.0.113.1";

  private final Mapping mapping;
  private final Filtering filtering;
  private final InetSocketAddress inside;
  private final Map<Object, InetSocketAddress> mappings = new HashMap<>();
  private final Map<InetSocketAddress, Set<Object>> allowed = new HashMap<>();
  private int nextPort = 40_000;

  NatModel(Mapping mapping, Filtering filtering, InetSocketAddress inside) {
    this.mapping = mapping;
    this.filtering = filtering;
    this.inside = inside;
  }

  /** The address from which a datagram of the socket goes on. */
  InetSocketAddress out(InetSocketAddress to) {
    InetSocketAddress external = mappings.computeIfAbsent(mappingKey(to), key -> external());
    allowed.computeIfAbsent(external, key -> new HashSet<>()).add(filterKey(to));
    return external;
  }

  /** Whether a datagram to one of its addresses goes on to the socket. */
  boolean letsIn(InetSocketAddress from, InetSocketAddress external) {
    @Nullable Set<Object> keys = allowed.get(external);
    return keys != null && keys.contains(filterKey(from));
  }

  private Object mappingKey(InetSocketAddress to) {
    return switch (mapping) {
      case ADDRESS_DEPENDENT -> to.getAddress();
      case ADDRESS_AND_PORT_DEPENDENT -> to;
      default -> "one";
    };
  }

  private Object filterKey(InetSocketAddress remote) {
    return switch (filtering) {
      case ADDRESS_DEPENDENT -> remote.getAddress();
      case ADDRESS_AND_PORT_DEPENDENT -> remote;
      default -> "all";
    };
  }

  private InetSocketAddress external() {
    return mapping == Mapping.NONE ? inside : new InetSocketAddress(EXTERNAL_HOST, nextPort++);
  }
}
