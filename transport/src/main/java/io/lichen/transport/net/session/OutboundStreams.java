// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import io.lichen.transport.net.StreamOptions;
import io.netty.util.collection.LongObjectHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The streams of a session that this node has opened, by id. Thread-safe. */
final class OutboundStreams {
  private final PacketSession session;
  private final NetEndpoint endpoint;
  private final LongObjectHashMap<OutboundStream> streams = new LongObjectHashMap<>();
  private boolean closed;

  OutboundStreams(PacketSession session, NetEndpoint endpoint) {
    this.session = session;
    this.endpoint = endpoint;
  }

  /** The stream with this id; the first call's options hold. */
  synchronized OutboundStream open(long id, StreamOptions options) {
    OutboundStream stream = streams.get(id);
    if (stream == null) {
      stream = new OutboundStream(session, endpoint, id, options);
      if (closed) {
        stream.ended();
      } else {
        streams.put(id, stream);
      }
    }
    return stream;
  }

  synchronized void remove(OutboundStream stream) {
    streams.remove(stream.id(), stream);
  }

  private synchronized @Nullable OutboundStream find(long id) {
    return streams.get(id);
  }

  /** A stream that had found no room may go on. */
  void onWritable(long id) {
    OutboundStream stream = find(id);
    if (stream != null) {
      endpoint.work().submit(stream);
    }
  }

  /** Ends all of them; later ones are closed from the beginning. On the loop. */
  void close() {
    List<OutboundStream> ended;
    synchronized (this) {
      closed = true;
      ended = List.copyOf(streams.values());
      streams.clear();
    }
    ended.forEach(OutboundStream::ended);
  }
}
