// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.transport.moss.StunListener;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * STUN over the UDP socket of the mesh, since no other tells how that one is seen
 * (docs/wire/moss-nat.md, "STUN"). Nothing is STUN for it but what bears the transaction id of a
 * request that it has sent. On the socket's event loop.
 */
final class UdpStun {
  static final int MAX_WAITING = 64;

  private static final int HEADER_BYTES = 20;
  private static final int COOKIE_OFFSET = 4;
  private static final int MAGIC_COOKIE = 0x2112a442;
  private static final int ID_OFFSET = 8;
  private static final long FORGET_AFTER_S = 5;

  private record TransactionKey(int first, long rest) {
    static TransactionKey of(byte[] datagram) {
      ByteBuffer in = ByteBuffer.wrap(datagram, ID_OFFSET, HEADER_BYTES - ID_OFFSET);
      return new TransactionKey(in.getInt(), in.getLong());
    }
  }

  private final UdpWriter writer;
  private final Ledger ledger;
  private final Map<TransactionKey, StunListener> waiting = new LinkedHashMap<>();

  UdpStun(UdpWriter writer, Ledger ledger) {
    this.writer = writer;
    this.ledger = ledger;
  }

  /** Sends a request; whoever repeats its transaction id is listened to for some seconds. */
  void send(InetSocketAddress to, byte[] request, StunListener listener) {
    TransactionKey key = TransactionKey.of(request);
    if (waiting.put(key, listener) == null) {
      var unused =
          writer.loop().schedule(() -> waiting.remove(key), FORGET_AFTER_S, TimeUnit.SECONDS);
      if (waiting.size() > MAX_WAITING) {
        waiting.remove(waiting.keySet().iterator().next());
      }
    }
    ledger.count("stun_sent");
    writer.sendBare(to, request);
  }

  /** Whether this is an answer to a request; if so, it has been passed on. */
  boolean takes(InetSocketAddress from, byte[] octets, int length) {
    if (waiting.isEmpty() || length < HEADER_BYTES || !hasCookie(octets)) {
      return false;
    }
    StunListener listener = waiting.get(TransactionKey.of(octets));
    if (listener == null) {
      return false;
    }
    ledger.count("stun_received");
    listener.onStun(from, Arrays.copyOf(octets, length));
    return true;
  }

  private static boolean hasCookie(byte[] octets) {
    return ByteBuffer.wrap(octets, COOKIE_OFFSET, Integer.BYTES).getInt() == MAGIC_COOKIE;
  }

  /** Whether these octets begin as a STUN request does. */
  static boolean isRequest(byte[] datagram) {
    return datagram.length >= HEADER_BYTES
        && datagram[0] == 0
        && datagram[1] == 1
        && hasCookie(datagram);
  }
}
