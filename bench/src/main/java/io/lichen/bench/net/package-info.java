// SPDX-License-Identifier: Apache-2.0
/** The Net wire: its socket, its session path. */
@NullMarked
package io.lichen.bench.net;

import org.jspecify.annotations.NullMarked;
