// SPDX-License-Identifier: Apache-2.0
/**
 * The Net session layer on UDP, from the socket to authenticated packets and ordered streams
 * (docs/wire/net-transport.md).
 */
@NullMarked
package io.lichen.transport.net;

import org.jspecify.annotations.NullMarked;
