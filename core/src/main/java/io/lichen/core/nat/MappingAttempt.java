// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.nat.gateway.PortMapping;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * What became of a question for a port.
 *
 * @param protocol how it was asked
 * @param gateway the router of the network in which it was asked
 * @param mapping the port that was opened; {@code null} if none was
 * @param failure why not, in words; empty if it was opened
 */
public record MappingAttempt(
    MappingProtocol protocol, InetAddress gateway, @Nullable PortMapping mapping, String failure) {}
