// SPDX-License-Identifier: Apache-2.0
/** Channels: their names and configuration, who subscribes, and who gets what is published. */
@NullMarked
package io.lichen.core.net.channel;

import org.jspecify.annotations.NullMarked;
