// SPDX-License-Identifier: Apache-2.0
/** The channels of the rooms, and the way of their messages to the application. */
@NullMarked
package io.lichen.core.moss.runtime.channel;

import org.jspecify.annotations.NullMarked;
