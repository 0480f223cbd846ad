// SPDX-License-Identifier: Apache-2.0
/** Tests with real sockets on loopback. */
@NullMarked
package io.lichen.transport.moss.netty;

import org.jspecify.annotations.NullMarked;
