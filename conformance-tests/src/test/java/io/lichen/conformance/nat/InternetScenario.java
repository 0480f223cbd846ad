// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.opentest4j.TestAbortedException;

/** A test with an internet of its own; skipped, and says so, where none can be made. */
@SuppressWarnings("NullAway.Init") // JUnit calls openInternet first.
abstract class InternetScenario {
  private Internet internet;

  @BeforeEach
  final void openInternet() {
    if (!Internet.isPossible()) {
      String message = "no network namespaces: they need Linux, root, ip, nft and sysctl";
      System.out.println("SKIPPED " + getClass().getSimpleName() + ": " + message);
      throw new TestAbortedException(message);
    }
    internet = Internet.open();
  }

  @AfterEach
  final void closeInternet() {
    if (internet != null) {
      internet.close();
    }
  }

  final Internet internet() {
    return internet;
  }
}
