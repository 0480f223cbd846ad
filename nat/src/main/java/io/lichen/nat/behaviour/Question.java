// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.behaviour;

import java.net.InetSocketAddress;

/**
 * A Binding request.
 *
 * @param to who is asked
 * @param from who is to answer: the same, or another address of the same server
 */
record Question(InetSocketAddress to, InetSocketAddress from) {
  static Question to(InetSocketAddress server) {
    return new Question(server, server);
  }

  boolean changesHost() {
    return !from.getAddress().equals(to.getAddress());
  }

  boolean changesPort() {
    return from.getPort() != to.getPort();
  }
}
