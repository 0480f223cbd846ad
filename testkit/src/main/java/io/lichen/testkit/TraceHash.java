// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/**
 * A running 64-bit fingerprint of what happened, in order. Two runs with the same seed have the
 * same one, or something in them depends on more than the seed. Not thread-safe.
 */
public final class TraceHash {
  private static final long START = 0xCBF29CE484222325L;

  private long value = START;

  /** Starts without facts. */
  public TraceHash() {}

  /** Takes in the next fact. */
  public void add(long fact) {
    long mixed = (value ^ fact) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    value = mixed ^ (mixed >>> 32);
  }

  /** The fingerprint so far. */
  public long value() {
    return value;
  }
}
