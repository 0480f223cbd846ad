// SPDX-License-Identifier: Apache-2.0
/**
 * Noise handshakes (revision 34) over {@code 25519_ChaChaPoly_BLAKE2s}, without sockets or clock.
 */
@NullMarked
package io.lichen.crypto.noise;

import org.jspecify.annotations.NullMarked;
