// SPDX-License-Identifier: Apache-2.0
/** Codecs against recorded and random octets. */
@NullMarked
package io.lichen.transport.moss.codec;

import org.jspecify.annotations.NullMarked;
