// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import io.lichen.core.moss.discovery.CompactPeers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The packets of UDP trackers (BEP 15; docs/wire/moss-discovery.md, "UDP trackers"). Stateless. */
public final class UdpAnnounceCodec {
  /** Length of an announce. */
  public static final int ANNOUNCE_BYTES = 98;

  /** The longest answer that is looked at. */
  public static final int MAX_ANSWER_BYTES = 20 + AnnounceResponse.MAX_PEERS * 18;

  private static final long PROTOCOL = 0x417_2710_1980L;
  private static final int CONNECT = 0;
  private static final int ANNOUNCE = 1;
  private static final int ERROR = 3;
  private static final int CONNECT_ANSWER_BYTES = 16;
  private static final int ANNOUNCE_ANSWER_BYTES = 20;
  private static final int HEADER_BYTES = 8;
  private static final int MAX_INTERVAL_SEC = 86_400;

  private UdpAnnounceCodec() {}

  /** The request for a connection id. */
  public static byte[] connect(int transactionId) {
    return ByteBuffer.allocate(16).putLong(PROTOCOL).putInt(CONNECT).putInt(transactionId).array();
  }

  /** An announce. */
  public static byte[] announce(
      long connectionId, int transactionId, AnnounceRequest request, int key) {
    return ByteBuffer.allocate(ANNOUNCE_BYTES)
        .putLong(connectionId)
        .putInt(ANNOUNCE)
        .putInt(transactionId)
        .put(request.infoHash())
        .put(request.peerId())
        .putLong(0)
        .putLong(1)
        .putLong(0)
        .putInt(request.event().code())
        .putInt(0)
        .putInt(key)
        .putInt(request.numWant())
        .putShort((short) request.port())
        .array();
  }

  /** Whether this can be the answer to a request: everything else is somebody else's. */
  public static boolean answers(byte[] packet, int transactionId) {
    return packet.length >= HEADER_BYTES && ByteBuffer.wrap(packet).getInt(4) == transactionId;
  }

  /**
   * The connection id out of the answer to {@link #connect}.
   *
   * @throws TrackerException if it is an error, or too short
   */
  public static long connected(byte[] packet) throws TrackerException {
    check(packet, CONNECT, CONNECT_ANSWER_BYTES);
    return ByteBuffer.wrap(packet).getLong(HEADER_BYTES);
  }

  /**
   * What is in the answer to an announce.
   *
   * @param hostBytes octets of an address, by the IP version that carried the packet
   * @throws TrackerException if it is an error, or too short
   */
  public static AnnounceResponse announced(byte[] packet, int hostBytes) throws TrackerException {
    check(packet, ANNOUNCE, ANNOUNCE_ANSWER_BYTES);
    ByteBuffer octets = ByteBuffer.wrap(packet);
    int intervalSec = Math.clamp(octets.getInt(HEADER_BYTES), 0, MAX_INTERVAL_SEC);
    octets.position(ANNOUNCE_ANSWER_BYTES);
    var peers = CompactPeers.decode(octets, hostBytes, AnnounceResponse.MAX_PEERS);
    return new AnnounceResponse(peers, intervalSec, 0);
  }

  private static void check(byte[] packet, int action, int minBytes) throws TrackerException {
    int found = ByteBuffer.wrap(packet).getInt();
    if (found == ERROR) {
      String text =
          new String(packet, HEADER_BYTES, packet.length - HEADER_BYTES, StandardCharsets.UTF_8);
      throw new TrackerException("the tracker refuses: " + text);
    }
    if (found != action || packet.length < minBytes) {
      throw new TrackerException(
          "the tracker answers with action "
              + found
              + " in "
              + packet.length
              + " bytes, expected "
              + action
              + " in at least "
              + minBytes);
    }
  }
}
