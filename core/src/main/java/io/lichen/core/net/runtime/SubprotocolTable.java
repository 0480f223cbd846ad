// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.transport.net.NetSession;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Who takes the events of which subprotocol. Read on the loop without a lock; any thread. */
final class SubprotocolTable {
  /** Takes the events of one subprotocol, on the loop. */
  @FunctionalInterface
  interface Handler {
    /**
     * An event came in.
     *
     * @param event to be read during the call
     */
    void onEvent(NetSession session, ByteBuf event);
  }

  /** Sorted by id. */
  private record Entries(int[] ids, Handler[] handlers) {}

  private volatile Entries entries = new Entries(new int[0], new Handler[0]);

  /** Who takes the events of this subprotocol. */
  @Nullable Handler find(int id) {
    Entries now = entries;
    int index = Arrays.binarySearch(now.ids, id);
    return index < 0 ? null : now.handlers[index];
  }

  /** Gives a subprotocol to a handler; answers false if it has one. */
  synchronized boolean add(int id, Handler handler) {
    int found = Arrays.binarySearch(entries.ids, id);
    if (found >= 0) {
      return false;
    }
    int index = -found - 1;
    int length = entries.ids.length;
    int[] ids = Arrays.copyOf(entries.ids, length + 1);
    Handler[] handlers = Arrays.copyOf(entries.handlers, length + 1);
    System.arraycopy(ids, index, ids, index + 1, length - index);
    System.arraycopy(handlers, index, handlers, index + 1, length - index);
    ids[index] = id;
    handlers[index] = handler;
    entries = new Entries(ids, handlers);
    return true;
  }

  /** Takes a subprotocol from its handler. */
  synchronized void remove(int id) {
    int index = Arrays.binarySearch(entries.ids, id);
    if (index < 0) {
      return;
    }
    int length = entries.ids.length;
    int[] ids = Arrays.copyOf(entries.ids, length - 1);
    Handler[] handlers = Arrays.copyOf(entries.handlers, length - 1);
    System.arraycopy(entries.ids, index + 1, ids, index, length - 1 - index);
    System.arraycopy(entries.handlers, index + 1, handlers, index, length - 1 - index);
    entries = new Entries(ids, handlers);
  }
}
