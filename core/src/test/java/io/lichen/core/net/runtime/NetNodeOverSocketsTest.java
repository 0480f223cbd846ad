// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetTransport;

/** {@link NetNodeContract} over UDP on the loopback. */
class NetNodeOverSocketsTest extends NetNodeContract {
  @Override
  TransportOpener opener() {
    return NetTransport::open;
  }
}
