// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel;

import org.jspecify.annotations.Nullable;

/**
 * The configuration that a name has.
 *
 * @param config the configuration
 * @param prefix the prefix that it was registered by, or null if by the name itself
 */
public record ResolvedChannel(ChannelConfig config, @Nullable String prefix) {}
