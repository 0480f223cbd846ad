// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a topic is kept. Immutable.
 *
 * @param cursorFile where is written how far the logs of peers were looked through; its directory
 *     must be there. Without it, or when it is lost, they are looked through again after a restart:
 *     24 bytes for each message
 * @param maxKeys of how many messages, from the end of the log, copies are recognised: 1 to 2^26.
 *     32 bytes of memory each. What is older is not fetched from peers
 */
public record TopicOptions(@Nullable Path cursorFile, int maxKeys) {
  /** A million messages: 32 MiB of memory. */
  public static final int DEFAULT_MAX_KEYS = 1 << 20;

  private static final int MOST_KEYS = 1 << 26;

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if {@code maxKeys} is out of range
   */
  public TopicOptions {
    if (maxKeys < 1 || maxKeys > MOST_KEYS) {
      throw new IllegalArgumentException("maxKeys is " + maxKeys + ", must be in 1..2^26");
    }
  }

  /** A million keys, and no file. */
  public static TopicOptions defaults() {
    return new TopicOptions(null, DEFAULT_MAX_KEYS);
  }

  /** The same with a file. */
  public TopicOptions withCursorFile(Path file) {
    return new TopicOptions(file, maxKeys);
  }

  /** The same with another number of keys. */
  public TopicOptions withMaxKeys(int keys) {
    return new TopicOptions(cursorFile, keys);
  }
}
