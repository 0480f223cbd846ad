// SPDX-License-Identifier: Apache-2.0
/** What the groups of routes of the node API have in common. */
@NullMarked
package io.lichen.gateway.api.routes;

import org.jspecify.annotations.NullMarked;
