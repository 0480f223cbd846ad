// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import io.netty.buffer.ByteBuf;

/**
 * Looks for lines of a header that begin with a space, and so go on with the one before. The
 * decoder joins them; others see two fields where it sees one (RFC 9112 section 5.2). Not
 * thread-safe.
 */
final class HeaderLines {
  private boolean atLineStart = true;
  private boolean folded;

  /** Looks at a part of a header. */
  void read(ByteBuf bytes, int begin, int end) {
    int next = begin;
    while (next < end) {
      if (atLineStart) {
        byte first = bytes.getByte(next);
        folded |= first == ' ' || first == '\t';
      }
      int lineEnd = bytes.indexOf(next, end, (byte) '\n');
      atLineStart = lineEnd >= 0;
      next = atLineStart ? lineEnd + 1 : end;
    }
  }

  /** The header has ended: whether a line went on, and a new header begins. */
  boolean takeFold() {
    boolean result = folded;
    atLineStart = true;
    folded = false;
    return result;
  }
}
