// SPDX-License-Identifier: Apache-2.0
/** The Moss session layer on TCP and UDP, from the socket to authenticated packets. */
@NullMarked
package io.lichen.transport.moss;

import org.jspecify.annotations.NullMarked;
