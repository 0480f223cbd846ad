// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import io.lichen.bench.net.CountingListener;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.NetStream;
import io.lichen.transport.net.StreamEvents;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Takes events as measuring needs it: counts them, sends them back, or releases who waits. */
final class PeerListener extends CountingListener {
  private volatile IntConsumer use;
  private volatile @Nullable NetStream echo;

  PeerListener(EventTally tally) {
    use = tally::add;
  }

  /** What is done with the number of events of each packet. */
  void use(IntConsumer newUse) {
    echo = null;
    use = newUse;
  }

  /** Sends every event back on this stream. */
  void echo(NetStream stream) {
    echo = stream;
  }

  @Override
  public void onEvents(NetSession session, StreamEvents events) {
    NetStream back = echo;
    if (back == null) {
      use.accept(events.count());
      return;
    }
    events.forEach(
        (index, buffer, offset, length) -> {
          byte[] copy = new byte[length];
          buffer.getBytes(offset, copy);
          var unused = back.send(copy);
        });
  }
}
