// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat.mapping;

import io.lichen.nat.gateway.PortMapping;
import java.io.IOException;
import java.time.Duration;

/**
 * A port of this machine at one router by one protocol. Every call waits; to be called on a virtual
 * thread, one call at a time. An interrupt ends the wait; the port can be used further then.
 */
public interface GatewayPort {
  /**
   * Opens it.
   *
   * @throws IOException if the router does not do it; then nothing is left open there that it could
   *     be told of
   */
  PortMapping open() throws IOException, InterruptedException;

  /**
   * Keeps it open until something changes.
   *
   * @return where it is from now on
   * @throws IOException if it is no longer open
   */
  PortMapping keep() throws IOException, InterruptedException;

  /** Has the next {@link #keep} ask the router at once. */
  void hurry();

  /** Gives it back, as far as the router answers in time. Idempotent. */
  void release(Duration limit) throws InterruptedException;
}
