// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.crypto.Blake2s;
import java.util.HexFormat;

/**
 * Tells whether a publish bears the id that its contents give (docs/wire/moss-envelope.md, "Message
 * ids"). Who could put another message under the id of an honest one would keep the honest one from
 * everybody who sees the other first. Not thread-safe: one for each session.
 */
public final class MessageIdCheck {
  private static final HexFormat HEX = HexFormat.of();

  /** What octets become on the wire that are not UTF-8. */
  private static final char REPLACEMENT = '\ufffd';

  private final Blake2s blake = new Blake2s();
  private final byte[] digest = new byte[Blake2s.DIGEST_BYTES];

  /** Makes one; checks do not depend on each other. */
  public MessageIdCheck() {}

  /**
   * Whether the id names another message, or none.
   *
   * <p>An id in any other form than that of the formula can stand in no honest message's way, so it
   * is as good as any. A receipt names the message that it acknowledges. And of a topic that was
   * not UTF-8 at its publisher only the publisher knows what was hashed.
   */
  public boolean isForged(Envelope publish) {
    if (!hasFormOfDigest(publish.messageId())
        || isReceipt(publish)
        || publish.channel().indexOf(REPLACEMENT) >= 0) {
      return false;
    }
    MessageIds.publish(
        blake,
        publish.senderId(),
        publish.channel(),
        publish.payload(),
        publish.sequence(),
        digest);
    return !isDigest(publish.messageId());
  }

  /** As the engine has it (docs/wire/moss-gossip.md, "Receipts"). */
  private static boolean isReceipt(Envelope publish) {
    return publish.senderId().length == 0 && publish.payload().length == 0;
  }

  private static boolean hasFormOfDigest(String id) {
    if (id.length() != 2 * Blake2s.DIGEST_BYTES) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  private boolean isDigest(String id) {
    for (int i = 0; i < digest.length; i++) {
      if (id.charAt(2 * i) != HEX.toHighHexDigit(digest[i])
          || id.charAt(2 * i + 1) != HEX.toLowHexDigit(digest[i])) {
        return false;
      }
    }
    return true;
  }
}
