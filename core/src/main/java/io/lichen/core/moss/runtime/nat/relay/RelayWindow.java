// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How many messages with data a relay may not have read yet. A native keeps 256 messages of a
 * session waiting and drops what comes then, without a word and over TCP as well; but it answers
 * pings in their turn, so the answer to one says that all before it has been read. Thread-safe.
 */
final class RelayWindow {
  /** Messages on their way: half of what a native keeps, for other things are said to it, too. */
  static final int MESSAGES = 128;

  /** Messages from one ping to the next. */
  static final int PING_EVERY = 32;

  /** After so long another ping is sent where nothing else may be: over UDP one can be lost. */
  static final long PING_AGAIN_NS = 1_000_000_000L;

  private static final int MAX_PINGS = 16;
  private static final int ID_BYTES = 16;

  /** Its answer says that so many messages have been read. */
  private record Ping(String id, long messages) {}

  private final RandomGenerator random;
  private final ArrayDeque<Ping> pings = new ArrayDeque<>();
  private long sent;
  private long read;
  private long asked;
  private long askedNs;

  RelayWindow(RandomGenerator random) {
    this.random = random;
  }

  /** Whether nothing may be sent before the relay has read more. */
  synchronized boolean isFull() {
    return sent - read >= MESSAGES;
  }

  /** A message is about to be sent. */
  synchronized void sent() {
    sent++;
  }

  /** The id of a ping that is to follow what has been sent; {@code null} for none. */
  synchronized @Nullable String pingDue(long nowNs) {
    boolean again = isFull() && nowNs - askedNs >= PING_AGAIN_NS;
    if (sent - asked < PING_EVERY && !again) {
      return null;
    }
    byte[] octets = new byte[ID_BYTES];
    random.nextBytes(octets);
    Ping ping = new Ping(HexFormat.of().formatHex(octets), sent);
    if (pings.size() == MAX_PINGS) {
      pings.removeFirst();
    }
    pings.add(ping);
    asked = sent;
    askedNs = nowNs;
    return ping.id();
  }

  /** The relay has answered a ping, which need not be one of these. */
  synchronized void answered(String id) {
    if (pings.stream().noneMatch(ping -> ping.id().equals(id))) {
      return;
    }
    Ping ping;
    do {
      ping = pings.remove();
    } while (!ping.id().equals(id));
    read = ping.messages();
  }

  /** There is another session with the relay, where nothing is on its way. */
  synchronized void restart() {
    pings.clear();
    read = sent;
    asked = sent;
  }
}
