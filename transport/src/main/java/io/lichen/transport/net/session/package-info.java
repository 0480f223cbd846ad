// SPDX-License-Identifier: Apache-2.0
/** Sessions on the Net wire without I/O: ciphers, replay, tables, and the engine of a socket. */
@NullMarked
package io.lichen.transport.net.session;

import org.jspecify.annotations.NullMarked;
