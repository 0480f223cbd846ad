// SPDX-License-Identifier: Apache-2.0
/** The rules of the house: which module may know which, and how large a thing may grow. */
@NullMarked
package io.lichen.conformance.house;

import org.jspecify.annotations.NullMarked;
