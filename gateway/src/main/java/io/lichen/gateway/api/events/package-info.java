// SPDX-License-Identifier: Apache-2.0
/** The routes of the event bus: ingest and poll (docs/gateway.md, "Events"). */
@NullMarked
package io.lichen.gateway.api.events;

import org.jspecify.annotations.NullMarked;
