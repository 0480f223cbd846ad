// SPDX-License-Identifier: Apache-2.0
/** A node's two key pairs, the blob that holds them, and the places where the blob is kept. */
@NullMarked
package io.lichen.crypto.identity;

import org.jspecify.annotations.NullMarked;
