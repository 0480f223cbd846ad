// SPDX-License-Identifier: Apache-2.0
/** The rules of replication without sockets, threads and clocks. */
@NullMarked
package io.lichen.redex.replica.engine;

import org.jspecify.annotations.NullMarked;
