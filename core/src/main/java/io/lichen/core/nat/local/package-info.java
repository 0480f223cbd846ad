// SPDX-License-Identifier: Apache-2.0
/** What this machine says of its interfaces and its ways out; knows neither wire. */
@NullMarked
package io.lichen.core.nat.local;

import org.jspecify.annotations.NullMarked;
