// SPDX-License-Identifier: Apache-2.0
/** What answers the vectors of the event bus. */
@NullMarked
package io.lichen.conformance.vectors.bus;

import org.jspecify.annotations.NullMarked;
