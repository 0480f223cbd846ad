// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Closes several things, the others too if one fails. */
final class Closing {
  private Closing() {}

  static void all(AutoCloseable... parts) throws IOException {
    Throwable first = null;
    for (AutoCloseable part : parts) {
      try {
        part.close();
      } catch (Exception e) {
        first = joined(first, e);
      }
    }
    if (first != null) {
      throw first instanceof IOException io ? io : new IOException(first);
    }
  }

  private static Throwable joined(@Nullable Throwable first, Throwable next) {
    if (first == null) {
      return next;
    }
    first.addSuppressed(next);
    return first;
  }
}
