// SPDX-License-Identifier: Apache-2.0
/**
 * JSON as the natives of the Net wire read and write it: trees with sorted members, numbers of
 * three kinds, nothing that is not Unicode (docs/wire/net-event-bus.md, "JSON").
 */
@NullMarked
package io.lichen.core.bus.json;

import org.jspecify.annotations.NullMarked;
