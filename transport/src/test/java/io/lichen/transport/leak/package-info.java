// SPDX-License-Identifier: Apache-2.0
/** Makes a leaked Netty buffer fail the tests; for every module whose tests touch sockets. */
@NullMarked
package io.lichen.transport.leak;

import org.jspecify.annotations.NullMarked;
