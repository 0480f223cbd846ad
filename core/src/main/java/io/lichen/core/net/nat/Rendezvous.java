// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * A message of subprotocol 0x0D01: two nodes are introduced by a third that both have a session
 * with (docs/wire/net-nat.md, "Rendezvous"). Node ids are unsigned, addresses resolved. Immutable.
 */
public sealed interface Rendezvous {
  /**
   * To the coordinator: introduce me to the target.
   *
   * @param target whom the sender wants to reach
   * @param punchId tells this request from others; not 0
   * @param self where the sender is seen from outside
   */
  record Request(long target, int punchId, InetSocketAddress self) implements Rendezvous {}

  /**
   * From the coordinator to both: there the other one may be reached.
   *
   * @param peer the other one
   * @param address where it is seen from outside
   * @param fireAtMs when both begin to send, Unix milliseconds, unsigned
   */
  record Introduce(long peer, InetSocketAddress address, long fireAtMs) implements Rendezvous {}

  /**
   * Over the coordinator: your keep-alives reach me; or, of an end behind a NAT whose ports can be
   * told, where mine will come from ({@link PortHint}).
   *
   * @param from who was reached, or tells
   * @param to who has sent them, or is told
   * @param punchId 0, or a hint
   */
  record Ack(long from, long to, int punchId) implements Rendezvous {}

  /**
   * From the coordinator: no.
   *
   * @param target of the request
   * @param punchId of the request
   */
  record Reject(long target, int punchId, RejectReason reason) implements Rendezvous {}

  /**
   * Reads the readable octets, which are left as they are.
   *
   * @throws NetWireException if they are no message
   */
  static Rendezvous decode(ByteBuf in) throws NetWireException {
    return RendezvousCodec.decode(in);
  }

  /** The octets. */
  default byte[] encode() {
    return RendezvousCodec.encode(this);
  }
}
