// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.nat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.conformance.moss.MeshPeer;
import java.util.List;

/** Texts on the channel of a meeting. */
final class Talk {
  private Talk() {}

  /** Publishes; whether anybody hears it is seen at the other end. */
  static void say(MeshPeer peer, String text) {
    var unused = peer.publishAsync(Meeting.CHANNEL, text.getBytes(UTF_8));
  }

  /** What a peer has heard that begins with {@code prefix}, in order. */
  static List<String> heard(MeshPeer peer, String prefix) {
    return peer.messages().stream()
        .map(message -> new String(message.data(), UTF_8))
        .filter(text -> text.startsWith(prefix))
        .toList();
  }
}
