// SPDX-License-Identifier: Apache-2.0
/** Go's JSON dialect, byte for byte: one strict reader and one writer over byte arrays. */
@NullMarked
package io.lichen.core.moss.json;

import org.jspecify.annotations.NullMarked;
