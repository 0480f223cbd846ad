// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/**
 * What a router made of a request.
 *
 * @param request with the route that was found and its parameters; as it came when there is none
 */
public record Answer(Request request, Response response) {
  /** The pattern that was found, or empty; a name for metrics, never the raw path. */
  public String route() {
    return request.route();
  }
}
