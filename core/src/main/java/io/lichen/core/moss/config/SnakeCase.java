// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.config;

import java.util.Locale;

/** Names of Java as those of configuration keys and metrics. */
public final class SnakeCase {
  private SnakeCase() {}

  /** {@code maxIHaveIdsSent} is {@code max_ihave_ids_sent}. */
  public static String of(String javaName) {
    return javaName
        .replace("IHave", "Ihave")
        .replace("IWant", "Iwant")
        .replace("iHave", "ihave")
        .replace("iWant", "iwant")
        .replaceAll("([A-Z])", "_$1")
        .toLowerCase(Locale.ROOT);
  }
}
