// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.child;

/** Which runtime a peer runs on. */
public enum Driver {
  /** Lichen's node. */
  JAVA("Java"),
  /** The real native of the wire. */
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
