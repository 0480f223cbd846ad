// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sessions in the order of their next timer. A session knows its place, so that moving it costs no
 * search. Not thread-safe; allocates only to grow.
 */
final class DeadlineHeap {
  private @Nullable PacketSession[] heap = new PacketSession[16];
  private int size;

  /** The earliest deadline of all. */
  long nextNs() {
    PacketSession first = heap[0];
    return first == null ? DatagramIn.NO_DEADLINE : first.deadlineNs;
  }

  /** The session whose deadline has come; {@code null} if there is none. */
  @Nullable PacketSession due(long nowNs) {
    PacketSession first = heap[0];
    return first != null && first.deadlineNs - nowNs <= 0 ? first : null;
  }

  /** Puts a session where its deadline belongs, or takes it out if it has none. */
  void update(PacketSession session, long deadlineNs) {
    if (deadlineNs == DatagramIn.NO_DEADLINE) {
      remove(session);
      return;
    }
    session.deadlineNs = deadlineNs;
    if (session.heapIndex < 0) {
      if (size == heap.length) {
        heap = Arrays.copyOf(heap, size * 2);
      }
      place(session, size++);
    }
    siftUp(session);
    siftDown(session);
  }

  void remove(PacketSession session) {
    int index = session.heapIndex;
    if (index < 0) {
      return;
    }
    session.heapIndex = -1;
    PacketSession last = at(--size);
    heap[size] = null;
    if (last != session) {
      place(last, index);
      siftUp(last);
      siftDown(last);
    }
  }

  private void siftUp(PacketSession session) {
    while (session.heapIndex > 0) {
      int parent = (session.heapIndex - 1) / 2;
      if (!isEarlier(session, at(parent))) {
        return;
      }
      swap(session, at(parent));
    }
  }

  private void siftDown(PacketSession session) {
    while (true) {
      int child = session.heapIndex * 2 + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && isEarlier(at(child + 1), at(child))) {
        child++;
      }
      if (!isEarlier(at(child), session)) {
        return;
      }
      swap(session, at(child));
    }
  }

  private void swap(PacketSession one, PacketSession other) {
    int index = one.heapIndex;
    place(one, other.heapIndex);
    place(other, index);
  }

  private void place(PacketSession session, int index) {
    heap[index] = session;
    session.heapIndex = index;
  }

  private PacketSession at(int index) {
    PacketSession session = heap[index];
    if (session == null) {
      throw new IllegalStateException("no session at " + index + " of " + size);
    }
    return session;
  }

  private static boolean isEarlier(PacketSession one, PacketSession other) {
    return one.deadlineNs - other.deadlineNs < 0;
  }
}
