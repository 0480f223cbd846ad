// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import io.lichen.conformance.moss.ffi.LibMoss;
import io.lichen.conformance.moss.ffi.LibMossRooms;
import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.crypto.PeerId;
import io.lichen.node.lines.GivenScores;
import io.lichen.node.lines.LineTarget;
import java.util.Arrays;
import java.util.OptionalDouble;

/** Steers one native node; its return codes become refusals. */
final class NativeTarget implements LineTarget {
  private final LibMoss library;
  private final long handle;
  private final GivenScores scores = new GivenScores();
  private boolean isScoring;

  NativeTarget(LibMoss library, long handle) {
    this.library = library;
    this.handle = handle;
  }

  @Override
  public void publish(String room, String channel, byte[] data) {
    check(
        "publish",
        room.isEmpty()
            ? library.publish(handle, channel, data)
            : rooms().publish(handle, room, channel, data));
  }

  @Override
  public void subscribe(String room, String channel) {
    check(
        "subscribe",
        room.isEmpty()
            ? library.subscribe(handle, channel)
            : rooms().subscribe(handle, room, channel));
  }

  @Override
  public void unsubscribe(String room, String channel) {
    check(
        "unsubscribe",
        room.isEmpty()
            ? library.unsubscribe(handle, channel)
            : rooms().unsubscribe(handle, room, channel));
  }

  @Override
  public void join(String room, byte[] psk) {
    check("join", rooms().join(handle, room, psk));
  }

  @Override
  public void leave(String room) {
    check("leave", rooms().leave(handle, room));
  }

  @Override
  public void connect(String address) {
    if (address.startsWith("udp://")) {
      throw new MossException(MossError.CONFIG_INVALID, "the native API dials TCP only");
    }
    check("connect", library.connect(handle, address));
  }

  @Override
  public void relay(PeerId peer, byte[] data) {
    check("relay", library.relaySendTo(handle, peer.hex(), data));
  }

  @Override
  public void connect(PeerId peer) {
    check("connect", library.connectToPeer(handle, peer.hex()));
  }

  @Override
  public void score(PeerId peer, OptionalDouble score) {
    scores.give(peer, score);
    if (!isScoring) {
      isScoring = true;
      check("score", library.onScore(handle, (key, base) -> scores.score(PeerId.of(key), base)));
    }
  }

  @Override
  public String infoJson() {
    return library.meshInfo(handle);
  }

  @Override
  public String statsJson() {
    return library.networkStats(handle);
  }

  private LibMossRooms rooms() {
    return library
        .rooms()
        .orElseThrow(() -> new MossException(MossError.CONFIG_INVALID, "this native has no rooms"));
  }

  static void check(String what, long code) {
    if (code < 0) {
      MossError error =
          Arrays.stream(MossError.values())
              .filter(known -> known.code() == code)
              .findFirst()
              .orElse(MossError.INTERNAL);
      throw new MossException(error, "libmoss answered " + code + " to " + what);
    }
  }
}
