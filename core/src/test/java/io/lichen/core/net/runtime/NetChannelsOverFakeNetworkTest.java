// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

/** {@link NetChannelContract} without sockets. */
class NetChannelsOverFakeNetworkTest extends NetChannelContract {
  @Override
  TransportOpener opener() {
    return new FakeNetwork()::open;
  }
}
