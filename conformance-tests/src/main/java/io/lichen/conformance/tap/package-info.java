// SPDX-License-Identifier: Apache-2.0
/** What stands between two nodes and carries their datagrams, well or badly. */
@NullMarked
package io.lichen.conformance.tap;

import org.jspecify.annotations.NullMarked;
