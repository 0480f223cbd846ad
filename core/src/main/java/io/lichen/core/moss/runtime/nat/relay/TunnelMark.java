// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Lichen node adds to each message that it seals for a session through a relay: a member
 * that natives leave out, and by which the other end can tell a copy from a message
 * (docs/wire/lichen-extensions.md, "Marks in relayed sessions").
 *
 * @param epoch of the sender: 16 hex characters, drawn anew for each session at each end
 * @param number counts the sender's messages of the epoch
 * @param echo the epoch of the receiver as far as the sender knows it, else empty
 */
record TunnelMark(String epoch, long number, String echo) {
  /** What a mark makes a message longer by, at most. */
  static final int MAX_BYTES = 80;

  private static final String KEY = ",\"lichen_relay\":\"";
  private static final Pattern FORM =
      Pattern.compile(
          "^.*" + KEY + "([0-9a-f]{16})\\.(\\d{1,18})\\.([0-9a-f]{16})?\"}$", Pattern.DOTALL);

  /** The object with the mark as its last member. */
  static byte[] append(byte[] object, TunnelMark mark) {
    byte[] member =
        (KEY + mark.epoch + "." + mark.number + "." + mark.echo + "\"}").getBytes(US_ASCII);
    int length = object.length - 1;
    byte[] marked = new byte[length + member.length];
    System.arraycopy(object, 0, marked, 0, length);
    System.arraycopy(member, 0, marked, length, member.length);
    return marked;
  }

  /** The mark at the end of an object; {@code null} if there is none. */
  static @Nullable TunnelMark read(byte[] object) {
    int from = Math.max(0, object.length - MAX_BYTES);
    Matcher matcher = FORM.matcher(new String(object, from, object.length - from, US_ASCII));
    if (!matcher.matches()) {
      return null;
    }
    String echo = matcher.group(3);
    return new TunnelMark(
        String.valueOf(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        echo == null ? "" : echo);
  }
}
