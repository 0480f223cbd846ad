// SPDX-License-Identifier: Apache-2.0
/** The way of what comes in to the application: bounded queues, each on a thread of its own. */
@NullMarked
package io.lichen.core.net.delivery;

import org.jspecify.annotations.NullMarked;
