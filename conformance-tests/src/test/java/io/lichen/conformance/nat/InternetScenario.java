// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import io.lichen.conformance.Skip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with an internet of its own; skipped, and says so, where none can be made. */
@SuppressWarnings("NullAway.Init") // JUnit calls openInternet first.
abstract class InternetScenario {
  private Internet internet;

  @BeforeEach
  final void openInternet() {
    assumePossible(getClass());
    internet = Internet.open();
  }

  /** Skips a test, and says so, where no internet can be made. */
  static void assumePossible(Object test) {
    String message = "no network namespaces: they need Linux, root, ip, nft and sysctl";
    Skip.unless(Internet.isPossible(), test, message);
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
