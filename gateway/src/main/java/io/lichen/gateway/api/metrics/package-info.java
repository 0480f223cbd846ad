// SPDX-License-Identifier: Apache-2.0
/** Metrics for Prometheus (docs/gateway.md, "Metrics"). */
@NullMarked
package io.lichen.gateway.api.metrics;

import org.jspecify.annotations.NullMarked;
