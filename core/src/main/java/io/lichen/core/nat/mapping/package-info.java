// SPDX-License-Identifier: Apache-2.0
/**
 * One port at one router: sockets and HTTP for the engines of module {@code nat}. All of it waits,
 * and is run on virtual threads, which an interrupt ends.
 */
@NullMarked
package io.lichen.core.nat.mapping;

import org.jspecify.annotations.NullMarked;
