// SPDX-License-Identifier: Apache-2.0
/** The way of a message out, and what the engine asks of its host. */
@NullMarked
package io.lichen.core.moss.runtime.publish;

import org.jspecify.annotations.NullMarked;
