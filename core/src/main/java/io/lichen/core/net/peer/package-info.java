// SPDX-License-Identifier: Apache-2.0
/** The peers of a Net node: who they are, and whether they live. */
@NullMarked
package io.lichen.core.net.peer;

import org.jspecify.annotations.NullMarked;
