// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime;

/** The contract with sessions that are calls inside the process. */
final class MossNodeOverFakeNetworkTest extends MossNodeContract {
  @Override
  TransportOpener opener() {
    return new FakeNetwork();
  }
}
