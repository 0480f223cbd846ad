// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.MossTransport;
import io.lichen.transport.moss.MossTransportConfig;
import io.lichen.transport.moss.SessionListener;

/** Where a node gets its sockets from: the real ones, or simulated ones. */
@FunctionalInterface
public interface TransportOpener {
  /**
   * Binds.
   *
   * @throws io.lichen.transport.moss.TransportException if that fails
   */
  MossTransport open(MossTransportConfig config, Identity identity, SessionListener listener);
}
