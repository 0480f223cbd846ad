// SPDX-License-Identifier: Apache-2.0
/** Durable topics on the Moss wire. */
@NullMarked
package io.lichen.core.moss.runtime.topic;

import org.jspecify.annotations.NullMarked;
