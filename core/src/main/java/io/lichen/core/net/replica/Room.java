// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much room a node has for replicas of others' logs: a tag whose number is a power of two of
 * MiB, so that it seldom changes (docs/wire/net-capabilities.md, "Tags of the node").
 */
public final class Room {
  private static final String TAG = "lichen.redex.room:";
  private static final Pattern NUMBER = Pattern.compile(TAG + "(\\d{1,2})");
  private static final int MIB_BITS = 20;

  private Room() {}

  /** What a node with this directory of logs offers; nothing without one, or if it is full. */
  public static Set<String> tags(@Nullable Path directory) {
    if (directory == null) {
      return Set.of();
    }
    try {
      long mib = Files.getFileStore(directory).getUsableSpace() >> MIB_BITS;
      return mib == 0 ? Set.of() : Set.of(TAG + (Long.SIZE - 1 - Long.numberOfLeadingZeros(mib)));
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** The power of two that tags name. */
  public static OptionalInt of(Collection<String> tags) {
    return tags.stream()
        .map(NUMBER::matcher)
        .filter(Matcher::matches)
        .mapToInt(found -> Integer.parseInt(found.group(1)))
        .max();
  }
}
