// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Netty's leak detector speaks through the log; in a child process nobody else listens. */
final class LeakWatch {
  private static final String SIGN = "LEAK:";

  private LeakWatch() {}

  /** An {@link AssertionError} if the log tells of a buffer that was never released. */
  static void check(Path log) {
    try {
      String text = Files.readString(log, StandardCharsets.ISO_8859_1);
      int position = text.indexOf(SIGN);
      if (position >= 0) {
        throw new AssertionError(
            "a leak in "
                + log
                + ": "
                + text.substring(position, Math.min(text.length(), position + 2000)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
