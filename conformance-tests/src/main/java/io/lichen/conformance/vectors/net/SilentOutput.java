// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import io.lichen.transport.net.StreamEnd;
import io.lichen.transport.net.stream.StreamOutput;
import io.lichen.transport.net.stream.StreamPacket;
import java.util.function.Consumer;

/** Shows what is sent, or with a second observer what is delivered, and nothing else. */
record SilentOutput(Consumer<StreamPacket> sent, Consumer<StreamPacket> delivered)
    implements StreamOutput {
  SilentOutput(Consumer<StreamPacket> sent) {
    this(sent, packet -> {});
  }

  @Override
  public void transmit(StreamPacket packet) {
    sent.accept(packet);
  }

  @Override
  public void deliver(StreamPacket packet) {
    delivered.accept(packet);
  }

  @Override
  public void onWritable(long streamId) {}

  @Override
  public void onStreamEnd(long streamId, StreamEnd reason) {}

  @Override
  public void onGap(long streamId, long sequence, long count) {}
}
