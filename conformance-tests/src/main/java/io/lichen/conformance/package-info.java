// SPDX-License-Identifier: Apache-2.0
/** Lichen held against the real natives: their drivers, the vectors, the networks between them. */
@NullMarked
package io.lichen.conformance;

import org.jspecify.annotations.NullMarked;
