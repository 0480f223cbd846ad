// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.channel.membership.Membership.Request;
import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.ByteBuf;

/** Reads what comes in under subprotocol 0x0A00 and gives it to the side it is for. */
public final class MembershipEngine {
  private final MembershipRequester requester;
  private final MembershipResponder responder;
  private long undecodable;

  /** Joins the two sides of one node. */
  public MembershipEngine(MembershipRequester requester, MembershipResponder responder) {
    this.requester = requester;
    this.responder = responder;
  }

  /**
   * An event came in from a peer. What cannot be read is counted and not answered.
   *
   * @param event read to its end; stays the caller's
   * @param nowSecs Unix seconds
   */
  public void onEvent(long nodeId, ByteBuf event, long nowNs, long nowSecs) {
    try {
      switch (MembershipCodec.decode(event)) {
        case Ack ack -> requester.onAck(nodeId, ack, nowNs);
        case Request request -> responder.onRequest(nodeId, request, nowNs, nowSecs);
      }
    } catch (NetWireException e) {
      undecodable++;
    }
  }

  /** The peer failed, or its session ended for good. */
  public void onPeerGone(long nodeId) {
    requester.onPeerGone(nodeId);
    responder.onPeerGone(nodeId);
  }

  /** Events that were no membership message. */
  public long undecodable() {
    return undecodable;
  }
}
