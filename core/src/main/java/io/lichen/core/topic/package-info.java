// SPDX-License-Identifier: Apache-2.0
/**
 * Durable topics: channels whose messages are kept, each once, in a log that can be replayed, and
 * that nodes bring up to date from each other.
 */
@NullMarked
package io.lichen.core.topic;

import org.jspecify.annotations.NullMarked;
