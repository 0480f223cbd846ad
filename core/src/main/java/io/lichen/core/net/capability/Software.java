// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.Map;

/**
 * What a node runs; empty where it does not say. A name in one of the maps must hold neither {@code
 * =}, {@code :} nor {@code .}, else it does not cross the wire.
 *
 * @param os operating system
 * @param osVersion its version
 * @param cudaVersion version of CUDA
 * @param runtimes versions by name
 * @param frameworks versions by name
 * @param drivers versions by name
 */
public record Software(
    String os,
    String osVersion,
    String cudaVersion,
    Map<String, String> runtimes,
    Map<String, String> frameworks,
    Map<String, String> drivers) {
  /** Nothing that is known. */
  public static final Software NONE = of("", "");

  /** Copies the maps. */
  public Software {
    runtimes = Map.copyOf(runtimes);
    frameworks = Map.copyOf(frameworks);
    drivers = Map.copyOf(drivers);
  }

  /** An operating system and its version. */
  public static Software of(String os, String osVersion) {
    return new Software(os, osVersion, "", Map.of(), Map.of(), Map.of());
  }
}
