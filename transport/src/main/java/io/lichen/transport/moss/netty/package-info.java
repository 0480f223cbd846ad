// SPDX-License-Identifier: Apache-2.0
/** The sockets: Netty channels around the engines of the neighbouring packages. */
@NullMarked
package io.lichen.transport.moss.netty;

import org.jspecify.annotations.NullMarked;
