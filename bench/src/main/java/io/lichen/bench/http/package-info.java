// SPDX-License-Identifier: Apache-2.0
/** What the HTTP server costs. */
@NullMarked
package io.lichen.bench.http;

import org.jspecify.annotations.NullMarked;
