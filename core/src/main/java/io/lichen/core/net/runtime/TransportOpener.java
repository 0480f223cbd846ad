// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetTransport;
import io.lichen.transport.net.NetTransportConfig;
import io.lichen.transport.net.NetTransportListener;

/** Opens the socket of a node: a real one, or a test's. */
@FunctionalInterface
public interface TransportOpener {
  /**
   * Binds it.
   *
   * @throws io.lichen.transport.net.NetTransportException if the socket cannot be bound
   */
  NetTransport open(NetTransportConfig config, NetTransportListener listener);
}
