// SPDX-License-Identifier: Apache-2.0
/** The command line: a node, a demonstration, keys (docs/cli.md). */
@NullMarked
package io.lichen.node;

import org.jspecify.annotations.NullMarked;
