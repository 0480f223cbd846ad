// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.tap;

import java.util.function.Consumer;

/** What becomes of the datagrams that go one way. Called by one thread. */
@FunctionalInterface
public interface Way {
  /**
   * Carries one datagram: handing it on once is a good way; not at all, twice, or later from
   * another thread is allowed too.
   */
  void carry(byte[] datagram, Consumer<byte[]> onward);
}
