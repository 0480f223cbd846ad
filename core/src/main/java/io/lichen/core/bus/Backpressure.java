// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

/**
 * What becomes of an event for which its shard has no room. Nothing ever blocks the producer.
 *
 * @param mode what is done
 * @param sampleRate 1 to 2^32-1 for {@link Mode#SAMPLE}, where it is kept and reported but, as in
 *     the natives, decides nothing; 0 otherwise
 */
public record Backpressure(Mode mode, long sampleRate) {
  /** The new event is refused. */
  public static final Backpressure DROP_NEWEST = new Backpressure(Mode.DROP_NEWEST, 0);

  /** The event that has waited longest gives its place up; the default. */
  public static final Backpressure DROP_OLDEST = new Backpressure(Mode.DROP_OLDEST, 0);

  /** The new event is refused: another name for {@link #DROP_NEWEST}, as in the natives. */
  public static final Backpressure FAIL_PRODUCER = new Backpressure(Mode.FAIL_PRODUCER, 0);

  private static final long MAX_RATE = 0xffff_ffffL;

  /** What is done. */
  public enum Mode {
    /** See {@link Backpressure#DROP_NEWEST}. */
    DROP_NEWEST,
    /** See {@link Backpressure#DROP_OLDEST}. */
    DROP_OLDEST,
    /** See {@link Backpressure#FAIL_PRODUCER}. */
    FAIL_PRODUCER,
    /** The new event is refused, under another message. */
    SAMPLE
  }

  /** Checks the rate. */
  public Backpressure {
    boolean rated = mode == Mode.SAMPLE;
    if (rated ? sampleRate < 1 || sampleRate > MAX_RATE : sampleRate != 0) {
      throw new EventBusException(
          EventBusError.INVALID_JSON,
          "sample rate: expected " + (rated ? "1 to " + MAX_RATE : "0") + ", found " + sampleRate);
    }
  }

  /** Refuses new events when full and calls that sampling. */
  public static Backpressure sample(long rate) {
    return new Backpressure(Mode.SAMPLE, rate);
  }
}
