// SPDX-License-Identifier: Apache-2.0
/** What the sockets of both wires have in common. */
@NullMarked
package io.lichen.transport.netty;

import org.jspecify.annotations.NullMarked;
