// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import java.nio.file.Path;

/**
 * What a comparison is told on its command line: {@code --rounds N}, {@code --duration-ms N} and
 * {@code --json FILE}.
 */
public record Arguments(int rounds, long durationMs, Path json) {
  private static final int ROUNDS = 5;

  /** Reads the options; what is missing is as given here, and five rounds. */
  public static Arguments of(String[] args, long durationMs, Path json) {
    return new Arguments(
        Integer.parseInt(option(args, "--rounds", Integer.toString(ROUNDS))),
        Long.parseLong(option(args, "--duration-ms", Long.toString(durationMs))),
        Path.of(option(args, "--json", json.toString())));
  }

  /** One option, or what it is without. */
  public static String option(String[] args, String name, String fallback) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return fallback;
  }
}
