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
    assumePossible(getClass().getSimpleName());
    internet = Internet.open();
  }

  /** Skips a test, and says so, where no internet can be made. */
  static void assumePossible(String test) {
    if (!Internet.isPossible()) {
      String message = "no network namespaces: they need Linux, root, ip, nft and sysctl";
      System.out.println("SKIPPED " + test + ": " + message);
      throw new TestAbortedException(message);
    }
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
