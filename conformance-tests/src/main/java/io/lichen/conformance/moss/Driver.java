// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

/** Which runtime a peer runs on. */
public enum Driver {
  /** Lichen's node. */
  JAVA("Java"),
  /** The real libmoss. */
  NATIVE("native");

  private final String label;

  Driver(String label) {
    this.label = label;
  }

  @Override
  public String toString() {
    return label;
  }
}
