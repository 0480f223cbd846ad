// SPDX-License-Identifier: Apache-2.0
/** Placeholder until the module's first code lands. */
@NullMarked
package io.lichen.node;

import org.jspecify.annotations.NullMarked;
