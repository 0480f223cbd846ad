// SPDX-License-Identifier: Apache-2.0
/** Lichen against the native on the Net wire, and with it: {@code ./bench/compare net}. */
@NullMarked
package io.lichen.bench.compare.net;

import org.jspecify.annotations.NullMarked;
