// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a node offers; 0 and empty where it does not say.
 *
 * @param id by which it is asked for
 * @param name for people
 * @param version of the tool
 * @param inputSchema JSON schema of what it takes; {@code null} if unknown
 * @param outputSchema JSON schema of what it gives; {@code null} if unknown
 * @param requires what it needs
 * @param estimatedTimeMs how long it takes
 * @param stateless whether calls do not depend on each other
 */
public record Tool(
    String id,
    String name,
    String version,
    @Nullable String inputSchema,
    @Nullable String outputSchema,
    List<String> requires,
    long estimatedTimeMs,
    boolean stateless) {
  /** The version of a tool that does not say. */
  public static final String DEFAULT_VERSION = "1.0.0";

  /** Copies the list. */
  public Tool {
    requires = List.copyOf(requires);
  }

  /** A stateless tool, version 1.0.0. */
  public static Tool of(String id, String name) {
    return new Tool(id, name, DEFAULT_VERSION, null, null, List.of(), 0, true);
  }
}
