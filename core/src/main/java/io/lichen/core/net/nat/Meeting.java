// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.nat;

import io.lichen.core.net.wire.NetWireException;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/**
 * The door for what is said about punches: gives each message to the role that it is for. Belongs
 * to the node's loop.
 */
public final class Meeting {
  private final long self;
  private final Introductions introductions;
  private final Requests requests;
  private final Answers answers;
  private final NatCounters counters;

  /** Joins the three roles. */
  public Meeting(
      long self,
      Introductions introductions,
      Requests requests,
      Answers answers,
      NatCounters counters) {
    this.self = self;
    this.introductions = introductions;
    this.requests = requests;
    this.answers = answers;
    this.counters = counters;
  }

  /** An event of subprotocol 0x0D01 has come from a peer. */
  public void onEvent(long from, ByteBuf event, long nowNs, long unixMs) {
    Rendezvous message;
    try {
      message = Rendezvous.decode(event);
    } catch (NetWireException e) {
      counters.strayMessages.increment();
      return;
    }
    switch (message) {
      case Rendezvous.Request request -> introductions.onRequest(from, request, nowNs, unixMs);
      case Rendezvous.Introduce introduce -> onIntroduce(from, introduce, nowNs, unixMs);
      case Rendezvous.Ack ack -> onAck(from, ack, nowNs);
      case Rendezvous.Reject reject -> count(requests.onReject(from, reject, nowNs));
    }
  }

  /** Whom this node asks for, only the coordinator that it asked may introduce. */
  private void onIntroduce(long from, Rendezvous.Introduce introduce, long nowNs, long unixMs) {
    if (requests.isUnderWay(introduce.peer())) {
      count(requests.onIntroduce(from, introduce, nowNs, unixMs));
    } else {
      answers.onIntroduce(from, introduce, nowNs, unixMs);
    }
  }

  private void onAck(long from, Rendezvous.Ack ack, long nowNs) {
    if (ack.to() == self) {
      count(requests.onAck(from, ack, nowNs));
    } else {
      introductions.onAck(from, ack, nowNs);
    }
  }

  private void count(boolean isOfUse) {
    if (!isOfUse) {
      counters.strayMessages.increment();
    }
  }

  /** A keep-alive has come; anybody may have sent it. */
  public void onKeepAlive(InetSocketAddress from, ByteBuf datagram, long nowNs) {
    try {
      KeepAlive keepAlive = KeepAlive.decode(datagram);
      boolean isAsked = requests.onKeepAlive(from, keepAlive, nowNs);
      if (!answers.onKeepAlive(from, keepAlive, nowNs) && !isAsked) {
        counters.keepAlivesIgnored.increment();
      }
    } catch (NetWireException e) {
      counters.keepAlivesIgnored.increment();
    }
  }

  /** There is a session with a node that needs no relay. */
  public void met(long node, long nowNs) {
    requests.met(node, nowNs);
    answers.met(node);
  }
}
