// SPDX-License-Identifier: Apache-2.0
/** MossNode: a node of a Moss mesh, to embed. */
@NullMarked
package io.lichen.core.moss;

import org.jspecify.annotations.NullMarked;
