// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss;

import java.net.InetSocketAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to open a session.
 *
 * @param carrier TCP or UDP, never a relay
 * @param address the resolved target
 * @param remoteStatic the target's 32-byte Noise static key if it is known: IK is tried first, then
 *     XX within the same deadline; {@code null}: XX
 * @param timeout bound on the whole attempt, fallback included
 * @param fromListener whether a TCP connection leaves from the port that is listened on if it can,
 *     so that the other side sees where that port is; otherwise from one of its own
 */
public record DialRequest(
    Carrier carrier,
    InetSocketAddress address,
    byte @Nullable [] remoteStatic,
    Duration timeout,
    boolean fromListener) {
  /** One that leaves from a port of its own. */
  public DialRequest(
      Carrier carrier,
      InetSocketAddress address,
      byte @Nullable [] remoteStatic,
      Duration timeout) {
    this(carrier, address, remoteStatic, timeout, false);
  }
}
