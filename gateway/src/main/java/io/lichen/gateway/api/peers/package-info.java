// SPDX-License-Identifier: Apache-2.0
/** Whom nodes of either wire are connected with, and what they are behind (docs/gateway.md). */
@NullMarked
package io.lichen.gateway.api.peers;

import org.jspecify.annotations.NullMarked;
