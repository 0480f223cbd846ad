// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

/**
 * What a router made of a request.
 *
 * @param route the pattern that was found, or empty; a name for metrics, never the raw path
 */
public record Answer(String route, Response response) {}
