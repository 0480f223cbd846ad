// SPDX-License-Identifier: Apache-2.0
/**
 * A small HTTP and WebSocket server: routes, middleware, bodies, cookies, static files. It knows
 * nothing of meshes, and its signatures name no type of the server library below it.
 */
@NullMarked
package io.lichen.gateway.http;

import org.jspecify.annotations.NullMarked;
