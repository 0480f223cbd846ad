// SPDX-License-Identifier: Apache-2.0
/**
 * How topics are kept and brought up to date, for both wires: what it needs of one is {@code
 * TopicCodec} and {@code TopicPeers} (docs/wire/lichen-extensions.md, "Durable topics").
 */
@NullMarked
package io.lichen.core.topic.engine;

import org.jspecify.annotations.NullMarked;
