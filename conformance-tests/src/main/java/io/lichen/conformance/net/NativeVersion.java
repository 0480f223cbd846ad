// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

/** The releases of libnet that Lichen is held against. */
public enum NativeVersion {
  /** The oldest whose wire is the same. */
  V0_31("0.31.0"),
  /** The reference. */
  V0_34("0.34.0"),
  /** The newest: ordered streams, proofs of identity. */
  V0_45("0.45.1");

  private final String release;

  NativeVersion(String release) {
    this.release = release;
  }

  /** The package's version. */
  @Override
  public String toString() {
    return release;
  }
}
