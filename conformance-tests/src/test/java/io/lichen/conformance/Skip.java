// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance;

import org.opentest4j.TestAbortedException;

/** Skips tests for which the machine lacks something, and says so where it is read. */
public final class Skip {
  private Skip() {}

  /**
   * Skips unless what a test needs is there.
   *
   * @param test what is skipped: a class, a cell of a matrix
   * @param message what is lacking, and how to get it
   */
  public static void unless(boolean present, Object test, String message) {
    if (!present) {
      String name = test instanceof Class<?> type ? type.getSimpleName() : test.toString();
      System.out.println("SKIPPED " + name + ": " + message);
      throw new TestAbortedException(message);
    }
  }
}
