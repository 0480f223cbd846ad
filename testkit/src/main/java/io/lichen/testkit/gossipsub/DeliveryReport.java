// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit.gossipsub;

/**
 * How well messages reached those they were for. Immutable.
 *
 * @param expected pairs of a message and a node that was to deliver it
 * @param delivered how many of those were delivered
 * @param repeated deliveries beyond the first, and deliveries to the publisher itself
 * @param copiesPerDelivery copies that came to nodes, answers to IWANT included, for each delivery
 * @param p50Ns median time from publish to delivery, nanoseconds
 * @param p99Ns the time that 99 % of deliveries did not exceed, nanoseconds
 * @param maxNs the longest time, nanoseconds
 */
public record DeliveryReport(
    long expected,
    long delivered,
    long repeated,
    double copiesPerDelivery,
    long p50Ns,
    long p99Ns,
    long maxNs) {
  /** The share that was delivered, 0..1; 1 if nothing was expected. */
  public double share() {
    return expected == 0 ? 1 : (double) delivered / expected;
  }

  /** Whether everything was delivered, and nothing twice. */
  public boolean isExactlyOnce() {
    return delivered == expected && repeated == 0;
  }

  @Override
  public String toString() {
    return "%d of %d delivered (%.4f %%), %d repeated, %.2f copies each, p50 %d ms, p99 %d ms, max %d ms"
        .formatted(
            delivered,
            expected,
            100 * share(),
            repeated,
            copiesPerDelivery,
            p50Ns / 1_000_000,
            p99Ns / 1_000_000,
            maxNs / 1_000_000);
  }
}
