// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.moss.netns.NetworkPair;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A scenario each of whose tests has a network of its own. */
abstract class NetworkScenario extends PairScenario {
  private @Nullable NetworkPair network;

  /** Makes the network. */
  abstract NetworkPair open();

  @BeforeEach
  final void makeNetwork() {
    network = NetworkPair.isPossible() ? open() : null;
  }

  @AfterEach
  final void unmakeNetwork() {
    endAll();
    if (network != null) {
      network.close();
    }
  }

  /** The network; skips, and says so, if this machine did not let us make one. */
  final NetworkPair assumeNetwork() {
    return assumeNetwork(network);
  }
}
