// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.crypto.Blake2s;
import io.lichen.crypto.ChannelName;
import java.util.HexFormat;

/**
 * The names of the logs of channels. A channel's own name where it can be a log's; else {@code
 * hex/} and its UTF-8 in hex; else, where that is too long, {@code hash/} and its BLAKE2s in hex.
 */
final class LogName {
  private static final String HEX = "hex/";
  private static final String HASH = "hash/";

  private LogName() {}

  /** The name of the log of a channel. */
  static String of(String channel) {
    if (ChannelName.isValid(channel) && !channel.startsWith(HEX) && !channel.startsWith(HASH)) {
      return channel;
    }
    byte[] octets = channel.getBytes(UTF_8);
    String name = HEX + HexFormat.of().formatHex(octets);
    return ChannelName.isValid(name) ? name : HASH + HexFormat.of().formatHex(Blake2s.hash(octets));
  }

  /** A name of a file for a log, which no other log has. */
  static String fileName(String log) {
    return HexFormat.of().formatHex(Blake2s.hash(log.getBytes(UTF_8))).substring(0, 32);
  }
}
