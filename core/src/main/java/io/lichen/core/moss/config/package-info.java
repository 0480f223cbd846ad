// SPDX-License-Identifier: Apache-2.0
/** Upstream's configuration JSON with upstream's semantics. */
@NullMarked
package io.lichen.core.moss.config;

import org.jspecify.annotations.NullMarked;
