// SPDX-License-Identifier: Apache-2.0
/** Levels of logs at run time (docs/gateway.md, "Logging"). */
@NullMarked
package io.lichen.gateway.api.levels;

import org.jspecify.annotations.NullMarked;
