// SPDX-License-Identifier: Apache-2.0
/** What the gateway's server costs. */
@NullMarked
package io.lichen.bench.gateway;

import org.jspecify.annotations.NullMarked;
