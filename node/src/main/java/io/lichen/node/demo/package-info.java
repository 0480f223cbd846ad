// SPDX-License-Identifier: Apache-2.0
/** Three nodes in one process that show what a mesh does. */
@NullMarked
package io.lichen.node.demo;

import org.jspecify.annotations.NullMarked;
