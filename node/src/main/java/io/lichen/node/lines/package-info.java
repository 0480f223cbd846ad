// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON-lines contract of {@code lichen node --json} (docs/cli.md, "JSON lines"): one JSON
 * object a line, operations in, replies, messages and events out. It knows nothing of what serves
 * it; see {@link io.lichen.node.lines.LineTarget}.
 */
@NullMarked
package io.lichen.node.lines;

import org.jspecify.annotations.NullMarked;
