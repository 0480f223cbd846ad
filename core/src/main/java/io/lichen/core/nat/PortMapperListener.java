// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import io.lichen.nat.gateway.PortMapping;

/** Told by a {@link PortMapper}, on its thread; must not wait. */
public interface PortMapperListener {
  /** A port is open, or another one than before. */
  void onMapped(PortMapping mapping);

  /**
   * No port is open; called once until one is. The mapper goes on trying.
   *
   * @param reason in words, what each router said
   */
  void onUnmapped(String reason);
}
