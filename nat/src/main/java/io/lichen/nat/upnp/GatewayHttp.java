// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * How a gateway's HTTP server is spoken to; calls may wait, and are not made on a network thread.
 */
public interface GatewayHttp {
  /** No answer of a gateway needs more octets than this: what is longer is refused. */
  int MAX_BYTES = 256 * 1024;

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body at most {@link #MAX_BYTES}
   */
  record Answer(int status, byte[] body) {}

  /**
   * Makes a GET request; follows no redirection.
   *
   * @throws IOException if there is no answer in time, or one that is too long
   */
  Answer get(URI uri) throws IOException, InterruptedException;

  /**
   * Makes a POST request, as {@link #get}.
   *
   * @param headers what HTTP does not need itself
   */
  Answer post(URI uri, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException;
}
