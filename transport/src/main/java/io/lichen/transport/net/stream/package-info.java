// SPDX-License-Identifier: Apache-2.0
/**
 * The streams of one Net session without I/O: credit, repetition, order, control messages and
 * events of several packets (docs/wire/net-streams.md).
 */
@NullMarked
package io.lichen.transport.net.stream;

import org.jspecify.annotations.NullMarked;
