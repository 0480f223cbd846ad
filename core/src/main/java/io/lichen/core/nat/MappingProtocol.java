// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

/** How routers are asked for ports, in the order in which they are asked. */
public enum MappingProtocol {
  /** UPnP IGD, versions 1 and 2. */
  UPNP("UPnP"),
  /** RFC 6886. */
  NAT_PMP("NAT-PMP"),
  /** RFC 6887. */
  PCP("PCP");

  private final String label;

  MappingProtocol(String label) {
    this.label = label;
  }

  /** Its name in reports. */
  public String label() {
    return label;
  }
}
