// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.route;

import java.util.Map;

/**
 * The route that was found for a path.
 *
 * @param pattern as it was written
 * @param params what the pattern's parameters stood for, decoded
 */
public record Match<T>(String pattern, Map<String, String> params, T value) {}
