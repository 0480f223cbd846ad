// SPDX-License-Identifier: Apache-2.0
/** Asks gateways to open ports by UPnP: found by SSDP, described in XML, asked by SOAP. */
@NullMarked
package io.lichen.nat.upnp;

import org.jspecify.annotations.NullMarked;
