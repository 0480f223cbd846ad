// SPDX-License-Identifier: Apache-2.0
/** The routes of logs: made, appended to, read and followed (docs/gateway.md, "Logs"). */
@NullMarked
package io.lichen.gateway.api.logs;

import org.jspecify.annotations.NullMarked;
