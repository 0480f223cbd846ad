// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.redex;

import io.lichen.redex.Redex;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which log, and how to print. */
final class LogOptions {
  @Parameters(index = "0", paramLabel = "DIR", description = "The directory that holds the logs.")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private Path directory;

  @Parameters(index = "1", paramLabel = "NAME", description = "The log: a channel name.")
  @SuppressWarnings("NullAway.Init") // picocli sets it.
  private String name;

  @Option(names = "--json", description = "JSON, an object a line.")
  private boolean json;

  Path directory() {
    return directory;
  }

  String name() {
    return name;
  }

  boolean json() {
    return json;
  }

  /** The logs, to be read; there must be the one that is asked for. */
  Redex readOnly() {
    Redex redex = Redex.openReadOnly(directory);
    if (!redex.isOnDisk(name)) {
      throw new RedexException(RedexError.NAME, "there is no log " + name + " in " + directory);
    }
    return redex;
  }
}
