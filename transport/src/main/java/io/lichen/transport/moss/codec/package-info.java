// SPDX-License-Identifier: Apache-2.0
/** The octets of the Moss wire and nothing else: mux packets, datagrams, the identity payload. */
@NullMarked
package io.lichen.transport.moss.codec;

import org.jspecify.annotations.NullMarked;
