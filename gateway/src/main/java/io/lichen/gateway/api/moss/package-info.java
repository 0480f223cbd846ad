// SPDX-License-Identifier: Apache-2.0
/** The routes of a Moss node: its mesh, its channels and their messages (docs/gateway.md). */
@NullMarked
package io.lichen.gateway.api.moss;

import org.jspecify.annotations.NullMarked;
