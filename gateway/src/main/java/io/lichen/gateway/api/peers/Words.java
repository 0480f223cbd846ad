// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.peers;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How values of both wires are written in JSON. */
final class Words {
  private static final double MS_PER_NS = 1e-6;

  private Words() {}

  static String of(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** {@code host:port}; an IPv6 address stands in brackets. */
  static String of(InetSocketAddress address) {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  static @Nullable Double millis(@Nullable Duration time) {
    return time == null ? null : time.toNanos() * MS_PER_NS;
  }
}
