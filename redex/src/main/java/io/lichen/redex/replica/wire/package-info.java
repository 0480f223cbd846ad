// SPDX-License-Identifier: Apache-2.0
/** The messages of replication, octet by octet (docs/wire/redex-replication.md). */
@NullMarked
package io.lichen.redex.replica.wire;

import org.jspecify.annotations.NullMarked;
