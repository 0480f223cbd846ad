// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/**
 * What a router made of a request. The answer to a HEAD request may have the body of the GET route
 * that made it: its length is told, and nothing of it sent.
 *
 * @param request with the route that was found and its parameters; as it came when there is none
 */
public record Answer(Request request, Response response) {
  /** The pattern that was found, or empty; a name for metrics, never the raw path. */
  public String route() {
    return request.route();
  }
}
