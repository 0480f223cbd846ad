// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.tap;

import io.lichen.conformance.tap.Way;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Hands everything on, and tells of the handshakes that are begun; repeats count once. */
final class InitWatch implements Way {
  private static final int KIND_INIT = 1;

  private final DatagramReader reader;
  private final IntConsumer modeOctet;
  private byte[] lastInit = {};

  InitWatch(DatagramReader reader, IntConsumer modeOctet) {
    this.reader = reader;
    this.modeOctet = modeOctet;
  }

  @Override
  public void carry(byte[] datagram, Consumer<byte[]> onward) {
    reader
        .read(datagram)
        .filter(content -> content.kind() == KIND_INIT && content.payload().length > 0)
        .map(DatagramReader.Content::payload)
        .filter(init -> !Arrays.equals(init, lastInit))
        .ifPresent(
            init -> {
              lastInit = init;
              modeOctet.accept(init[0]);
            });
    onward.accept(datagram);
  }
}
