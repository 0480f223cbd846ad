// SPDX-License-Identifier: Apache-2.0
/** Answers vectors of logs. */
@NullMarked
package io.lichen.conformance.vectors.redex;

import org.jspecify.annotations.NullMarked;
