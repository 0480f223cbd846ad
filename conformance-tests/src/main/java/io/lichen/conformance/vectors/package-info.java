// SPDX-License-Identifier: Apache-2.0
/**
 * Golden vectors: what the natives answered when they were asked, and whether we answer the same.
 */
@NullMarked
package io.lichen.conformance.vectors;

import org.jspecify.annotations.NullMarked;
