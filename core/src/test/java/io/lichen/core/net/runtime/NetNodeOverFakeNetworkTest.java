// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

/** {@link NetNodeContract} without sockets. */
class NetNodeOverFakeNetworkTest extends NetNodeContract {
  @Override
  TransportOpener opener() {
    return new FakeNetwork()::open;
  }
}
