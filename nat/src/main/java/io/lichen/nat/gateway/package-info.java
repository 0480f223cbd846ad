// SPDX-License-Identifier: Apache-2.0
/**
 * Asks gateways to open ports: NAT-PMP (RFC 6886) and PCP (RFC 6887), which share a port and a way
 * of asking.
 */
@NullMarked
package io.lichen.nat.gateway;

import org.jspecify.annotations.NullMarked;
