// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.logs;

import io.lichen.core.net.redex.RecordJson;
import io.lichen.gateway.http.EventSink;
import io.lichen.gateway.http.EventSource;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexGap;
import io.lichen.redex.RedexIterator;
import io.lichen.redex.RedexRecord;
import java.util.concurrent.CancellationException;

/**
 * A log as server-sent events. A slow client holds up nobody: nothing is queued for it, the stream
 * lags, and says which records were evicted meanwhile.
 *
 * @param from the first number
 */
record LogStream(LogStore store, RedexFile file, long from) implements EventSource {
  @Override
  public void run(EventSink sink) throws InterruptedException {
    try (RedexIterator items = file.iterator(from)) {
      while (sink.isOpen() && items.hasNext()) {
        switch (items.next()) {
          case RedexRecord record ->
              sink.send(Long.toUnsignedString(record.seq()), "redex", RecordJson.of(record));
          case RedexGap gap ->
              sink.send(Long.toUnsignedString(gap.to() - 1), "gap", LogSocket.range(gap));
        }
      }
      if (!store.isClosed()) {
        sink.send(null, "end", "{}");
      }
    } catch (CancellationException e) {
      // Interrupted, since the client is gone or the server stops: nobody is there to be told.
      return;
    } catch (RedexException e) {
      if (!store.isClosed()) {
        throw e;
      }
    }
  }
}
