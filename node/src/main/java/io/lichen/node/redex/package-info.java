// SPDX-License-Identifier: Apache-2.0
/** The commands for logs on disk. */
@NullMarked
package io.lichen.node.redex;

import org.jspecify.annotations.NullMarked;
