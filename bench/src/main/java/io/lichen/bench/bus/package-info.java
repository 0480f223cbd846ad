// SPDX-License-Identifier: Apache-2.0
/** What the event bus costs its producers and consumers. */
@NullMarked
package io.lichen.bench.bus;

import org.jspecify.annotations.NullMarked;
