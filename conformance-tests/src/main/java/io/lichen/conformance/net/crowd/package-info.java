// SPDX-License-Identifier: Apache-2.0
/** Many peers of one node that cost next to nothing themselves. */
@NullMarked
package io.lichen.conformance.net.crowd;

import org.jspecify.annotations.NullMarked;
