// SPDX-License-Identifier: Apache-2.0
/** Which of many routes a request's path belongs to; knows paths and patterns, no requests. */
@NullMarked
package io.lichen.gateway.http.route;

import org.jspecify.annotations.NullMarked;
