// SPDX-License-Identifier: Apache-2.0
/**
 * JSON over byte arrays, for both wires: one strict reader, and one writer that escapes as the
 * natives of the wire at hand do, byte for byte.
 */
@NullMarked
package io.lichen.core.json;

import org.jspecify.annotations.NullMarked;
