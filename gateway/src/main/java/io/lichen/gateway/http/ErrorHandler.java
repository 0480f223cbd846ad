// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/** Makes an answer of what a handler or a middleware threw. */
@FunctionalInterface
public interface ErrorHandler {
  /**
   * The answer to {@code request}, at which {@code error} was thrown.
   *
   * @param id stands in the log beside the error; give it to the client so that the two can be
   *     brought together
   */
  Response handle(Request request, Exception error, String id);
}
