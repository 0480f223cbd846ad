// SPDX-License-Identifier: Apache-2.0
/** HTTP and WebSocket access to a node (docs/gateway.md). */
@NullMarked
package io.lichen.gateway.api;

import org.jspecify.annotations.NullMarked;
