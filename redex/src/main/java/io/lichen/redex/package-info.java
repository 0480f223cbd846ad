// SPDX-License-Identifier: Apache-2.0
/** Append-only logs: named files of records, appended by one writer at a time and read by many. */
@NullMarked
package io.lichen.redex;

import org.jspecify.annotations.NullMarked;
