// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

/**
 * How much a node takes on; 0 where it does not say.
 *
 * @param maxConcurrentRequests at a time
 * @param maxTokensPerRequest of language models
 * @param rateLimitPerMinute requests
 * @param maxBatchSize requests in one
 * @param maxInputBytes of a request
 * @param maxOutputBytes of an answer
 */
public record Limits(
    long maxConcurrentRequests,
    long maxTokensPerRequest,
    long rateLimitPerMinute,
    long maxBatchSize,
    long maxInputBytes,
    long maxOutputBytes) {
  /** None that is known. */
  public static final Limits NONE = new Limits(0, 0, 0, 0, 0, 0);
}
