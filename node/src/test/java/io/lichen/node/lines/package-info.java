// SPDX-License-Identifier: Apache-2.0
/** The JSON-lines contract, without a node behind it. */
@NullMarked
package io.lichen.node.lines;

import org.jspecify.annotations.NullMarked;
