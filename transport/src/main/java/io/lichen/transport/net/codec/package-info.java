// SPDX-License-Identifier: Apache-2.0
/**
 * The bytes of Net datagrams: classes, headers, event frames, routing (docs/wire/net-transport.md).
 */
@NullMarked
package io.lichen.transport.net.codec;

import org.jspecify.annotations.NullMarked;
