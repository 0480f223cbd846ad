// SPDX-License-Identifier: Apache-2.0
/**
 * What puts a Net node together: the parts around one transport, and the way of each call to them.
 */
@NullMarked
package io.lichen.core.net.runtime;

import org.jspecify.annotations.NullMarked;
