// SPDX-License-Identifier: Apache-2.0
/** Subscribing and unsubscribing: the messages, who asks, and who decides. */
@NullMarked
package io.lichen.core.net.channel.membership;

import org.jspecify.annotations.NullMarked;
