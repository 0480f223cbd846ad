// SPDX-License-Identifier: Apache-2.0
/** The state of a Net node over HTTP (docs/gateway.md, "Net"). */
@NullMarked
package io.lichen.gateway.api.net;

import org.jspecify.annotations.NullMarked;
