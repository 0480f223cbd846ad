// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.transport.moss.Carrier;
import io.lichen.transport.moss.Era;

/**
 * The largest payload that each era and carrier takes, computed from the layouts of
 * docs/wire/moss-transport.md ("Session packets", "Envelope") and docs/wire/moss-mesh.md
 * ("Publish").
 */
final class Payloads {
  private static final int MAX_MESSAGE_BYTES = 65_536;
  private static final int SEAL_BYTES = 28;
  private static final int MAX_DATAGRAM_BYTES = 65_507;
  private static final int SESSION_PACKET_BYTES = 8 + 16 + 4;
  private static final int OBFUSCATION_BYTES = 12 + 16 + 3;
  private static final int MAX_PAD_BYTES = 256;

  private Payloads() {}

  /**
   * The largest payload that goes through with up to five digits of sequence.
   *
   * @param padded whether the sender may pad: a native does, by up to 256 bytes it cannot choose
   */
  static int largest(Era era, Carrier carrier, boolean padded) {
    int sealBytes = era == Era.C ? SEAL_BYTES : 0;
    int byMessageLimit = MAX_MESSAGE_BYTES - sealBytes;
    if (carrier == Carrier.TCP) {
      return byMessageLimit;
    }
    int json = MAX_DATAGRAM_BYTES - SESSION_PACKET_BYTES - datagramOverheadBytes(era, padded);
    int base64 = json - envelopeBytes(era);
    return base64 / 4 * 3 - sealBytes;
  }

  /**
   * The smallest payload that is too large for sure. On a datagram the number of the sequence's
   * digits counts: with one instead of five, one more group of three bytes goes in.
   */
  static int tooLarge(Era era, Carrier carrier) {
    return largest(era, carrier, false) + (carrier == Carrier.UDP ? 4 : 1);
  }

  private static int datagramOverheadBytes(Era era, boolean padded) {
    return era == Era.A ? 1 : OBFUSCATION_BYTES + (padded ? MAX_PAD_BYTES : 0);
  }

  /** A publish without its payload's base64. */
  private static int envelopeBytes(Era era) {
    String topic = era == Era.A ? Talk.CHANNEL : "t".repeat(22);
    return ("{\"type\":\"publish\",\"channel\":\""
            + topic
            + "\",\"message_id\":\""
            + "i".repeat(64)
            + "\",\"sequence\":99999,\"sender_id\":\""
            + "s".repeat(44)
            + "\",\"payload\":\"\"}")
        .length();
  }
}
