// SPDX-License-Identifier: Apache-2.0
/**
 * The JSON-lines contract of {@code lichen net --json} (docs/cli.md, "net"): one JSON object a
 * line, operations in, replies and events out.
 */
@NullMarked
package io.lichen.node.net;

import org.jspecify.annotations.NullMarked;
