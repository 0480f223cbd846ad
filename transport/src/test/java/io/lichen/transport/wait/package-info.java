// SPDX-License-Identifier: Apache-2.0
/** Waiting for what other threads do; other modules' tests use it too. */
@NullMarked
package io.lichen.transport.wait;

import org.jspecify.annotations.NullMarked;
