// SPDX-License-Identifier: Apache-2.0
/** The encoding of trackers and of the DHT (BEP 3). */
@NullMarked
package io.lichen.core.moss.discovery.bencode;

import org.jspecify.annotations.NullMarked;
