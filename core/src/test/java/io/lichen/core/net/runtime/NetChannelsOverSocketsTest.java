// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetTransport;

/** {@link NetChannelContract} over UDP on the loopback. */
class NetChannelsOverSocketsTest extends NetChannelContract {
  @Override
  TransportOpener opener() {
    return NetTransport::open;
  }
}
