// SPDX-License-Identifier: Apache-2.0
/** Bounded tables of what others tell. */
@NullMarked
package io.lichen.core.net.table;

import org.jspecify.annotations.NullMarked;
