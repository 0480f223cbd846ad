// SPDX-License-Identifier: Apache-2.0
/** AEAD, hashes, key derivation and curves. */
@NullMarked
package io.lichen.crypto;

import org.jspecify.annotations.NullMarked;
