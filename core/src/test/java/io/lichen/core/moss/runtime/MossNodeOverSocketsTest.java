// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

import io.lichen.transport.moss.MossTransport;

/** The contract with real sockets on loopback. */
final class MossNodeOverSocketsTest extends MossNodeContract {
  @Override
  TransportOpener opener() {
    return MossTransport::open;
  }
}
