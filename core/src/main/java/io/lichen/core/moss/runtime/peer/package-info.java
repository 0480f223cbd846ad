// SPDX-License-Identifier: Apache-2.0
/** The registered sessions: who is admitted, alive, slow, given up. */
@NullMarked
package io.lichen.core.moss.runtime.peer;

import org.jspecify.annotations.NullMarked;
