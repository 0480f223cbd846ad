// SPDX-License-Identifier: Apache-2.0
/** Who may ask: tokens, names of this host, origins of pages (docs/gateway.md, "Security"). */
@NullMarked
package io.lichen.gateway.api.security;

import org.jspecify.annotations.NullMarked;
