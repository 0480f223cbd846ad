// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/**
 * Stands around a handler like a skin of an onion: sees the request first and the answer last. Runs
 * for requests without a route, too.
 */
@FunctionalInterface
public interface Middleware {
  /**
   * Answers {@code request}, as a rule by what {@code next} answers.
   *
   * @param next what is further inside; may be called at most once (a second call ends in 500). It
   *     throws nothing: what a handler throws has become a response already, and can be given
   *     headers like any other
   */
  Response handle(Request request, Handler next) throws Exception;
}
