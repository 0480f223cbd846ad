// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.gateway;

/** What a {@link GatewayMapper} wants done; called while it is. */
public interface GatewayOutput {
  /** Sends a datagram to the gateway's port 5351. */
  void send(byte[] datagram);

  /** A port is open, or another one than before. */
  void onMapped(PortMapping mapping);

  /** No port is open; it goes on trying. */
  void onUnmapped(String reason);

  /**
   * By its clock the gateway was restarted, and has forgotten what it held; what was open is asked
   * for again without further ado.
   */
  void onRestarted();

  /** What was open has been given back, or the gateway does not answer any more. */
  void onReleased();
}
