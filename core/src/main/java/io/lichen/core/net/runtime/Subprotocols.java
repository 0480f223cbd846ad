// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.runtime;

import io.lichen.core.net.NetError;
import io.lichen.core.net.NetException;
import io.lichen.core.net.Subprotocol;
import io.lichen.core.net.SubprotocolLink;
import io.lichen.core.net.peer.Peer;
import io.lichen.core.net.peer.PeerTable;
import io.lichen.core.net.wire.SubprotocolIds;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.EventQueue;
import io.lichen.transport.net.NetSession;
import io.lichen.transport.net.SendVerdict;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What rides on the sessions of a node: its own subprotocols, and the application's. */
final class Subprotocols {
  /** The ids 0x0B00 to 0x0B03, which never come this far. */
  private static final int STREAM_CONTROL = 0x0B00;

  private static final int STREAM_CONTROL_MASK = 0xFFFC;

  /** Events of subprotocols that nobody takes, by their name. */
  final Map<String, LongAdder> ignored = new ConcurrentHashMap<>();

  /** Messages that made room for later ones. */
  final LongAdder dropped = new LongAdder();

  private record Message(long peer, ByteBuffer content) {}

  private final SubprotocolTable table = new SubprotocolTable();
  private final List<Supplier<Set<String>>> ownTags = new CopyOnWriteArrayList<>();
  private final Map<Integer, Subprotocol> registered = new ConcurrentHashMap<>();
  private final PeerTable peers;
  private final Executor executor;
  private final CallbackScope scope;
  private volatile Runnable onTagsChanged = () -> {};

  Subprotocols(PeerTable peers, Executor executor, CallbackScope scope) {
    this.peers = peers;
    this.executor = executor;
    this.scope = scope;
  }

  /** Who is told when {@link #tags} answers something else. */
  void onTagsChanged(Runnable listener) {
    this.onTagsChanged = listener;
  }

  /** Gives one of the node's own to the part that answers it, on the loop. */
  void own(int id, SubprotocolTable.Handler handler) {
    table.add(id, handler);
  }

  /** The same of one for which the node announces tags, which may change. */
  void own(int id, Supplier<Set<String>> tags, SubprotocolTable.Handler handler) {
    ownTags.add(tags);
    own(id, handler);
  }

  /** Gives one to the application. */
  SubprotocolLink register(Subprotocol subprotocol) {
    int id = subprotocol.id();
    boolean ofTransport =
        (id & STREAM_CONTROL_MASK) == STREAM_CONTROL || id == SubprotocolIds.DIRECT_PATH;
    if (id <= 0 || id > SubprotocolIds.MAX || ofTransport) {
      throw new NetException(NetError.INVALID_ARGUMENT, "no subprotocol can have the id " + id);
    }
    EventQueue<Message> queue = new EventQueue<>(SubprotocolIds.name(id), executor, scope, dropped);
    queue.callback(message -> subprotocol.onMessage(message.peer, message.content));
    if (!table.add(id, (session, event) -> queue.add(message(session, event)))) {
      throw new NetException(
          NetError.INVALID_ARGUMENT, "the subprotocol " + id + " is taken already");
    }
    registered.put(id, subprotocol);
    changed(subprotocol);
    return new Link(subprotocol);
  }

  /** One of the node's own has other tags now; false if the node ends and nobody can be told. */
  boolean tagsChanged() {
    try {
      onTagsChanged.run();
      return true;
    } catch (NetException e) {
      return false;
    }
  }

  /** The tags of the node's own, and of all that are registered. */
  Set<String> tags() {
    Set<String> tags = new TreeSet<>();
    ownTags.forEach(own -> tags.addAll(own.get()));
    registered.values().forEach(subprotocol -> tags.addAll(subprotocol.tags()));
    return tags;
  }

  /** Events of subprotocols that nobody takes. */
  long ignoredEvents() {
    return ignored.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** Gives up all registrations. */
  void close() {
    registered.keySet().forEach(table::remove);
    registered.clear();
  }

  /** An event came in; loop only. */
  void onEvent(NetSession session, int id, ByteBuf event) {
    SubprotocolTable.Handler handler = table.find(id);
    if (handler != null) {
      handler.onEvent(session, event);
    } else {
      ignored.computeIfAbsent(SubprotocolIds.name(id), name -> new LongAdder()).increment();
    }
  }

  private static Message message(NetSession session, ByteBuf event) {
    byte[] content = new byte[event.readableBytes()];
    event.getBytes(event.readerIndex(), content);
    return new Message(session.peerNodeId(), ByteBuffer.wrap(content).asReadOnlyBuffer());
  }

  private void changed(Subprotocol subprotocol) {
    if (!subprotocol.tags().isEmpty()) {
      onTagsChanged.run();
    }
  }

  private final class Link implements SubprotocolLink {
    private final Subprotocol subprotocol;
    private final AtomicBoolean open = new AtomicBoolean(true);

    Link(Subprotocol subprotocol) {
      this.subprotocol = subprotocol;
    }

    @Override
    public SendVerdict send(long peerNodeId, byte[] message) {
      Peer peer = peers.find(peerNodeId);
      if (peer == null || !open.get()) {
        return SendVerdict.CLOSED;
      }
      return peer.session().send(subprotocol.id(), Unpooled.copiedBuffer(message));
    }

    @Override
    public void close() {
      if (open.getAndSet(false)) {
        table.remove(subprotocol.id());
        registered.remove(subprotocol.id());
        changed(subprotocol);
      }
    }
  }
}
