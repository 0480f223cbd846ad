// SPDX-License-Identifier: Apache-2.0
/** Durable channels of Net nodes. */
@NullMarked
package io.lichen.core.net.topic;

import org.jspecify.annotations.NullMarked;
