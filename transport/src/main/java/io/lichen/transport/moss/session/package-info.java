// SPDX-License-Identifier: Apache-2.0
/** Sealing and opening of session packets on both carriers, without sockets. */
@NullMarked
package io.lichen.transport.moss.session;

import org.jspecify.annotations.NullMarked;
