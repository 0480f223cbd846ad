// SPDX-License-Identifier: Apache-2.0
/**
 * Nodes as child processes that are steered and heard through JSON lines (docs/cli.md), whichever
 * wire and whichever runtime is inside.
 */
@NullMarked
package io.lichen.conformance.child;

import org.jspecify.annotations.NullMarked;
