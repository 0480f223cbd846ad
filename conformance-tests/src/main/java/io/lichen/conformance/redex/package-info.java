// SPDX-License-Identifier: Apache-2.0
/** Drives logs of Lichen and of the native on the same files. */
@NullMarked
package io.lichen.conformance.redex;

import org.jspecify.annotations.NullMarked;
