// SPDX-License-Identifier: Apache-2.0
/** The server on the wire: connections, requests, WebSockets, event streams. */
@NullMarked
package io.lichen.gateway.http.server;

import org.jspecify.annotations.NullMarked;
