// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.topic;

import io.lichen.core.net.NetException;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.PeerEvent;
import io.lichen.core.net.SubprotocolLink;
import io.lichen.core.topic.engine.TopicPeers;
import io.lichen.transport.net.SendVerdict;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The peers of a Net node as its topics see them: by their node ids in hex. Thread-safe. */
final class NetTopicPeers implements TopicPeers {
  /** What a subprotocol message holds. */
  static final int MAX_FRAME_BYTES = 8104;

  private static final long NEWS_MS = 50;

  private final NetNode node;
  private final Map<String, KeptNetTopic> topics;
  // A session is another when its object is; node ids of peers stay.
  private final Map<String, Object> sessions = new ConcurrentHashMap<>();
  private volatile @Nullable SubprotocolLink link;

  NetTopicPeers(NetNode node, Map<String, KeptNetTopic> topics) {
    this.node = node;
    this.topics = topics;
  }

  static String name(long nodeId) {
    return HexFormat.of().toHexDigits(nodeId);
  }

  private static long id(String peer) {
    return HexFormat.fromHexDigitsToLong(peer);
  }

  void link(SubprotocolLink registered) {
    link = registered;
  }

  void onEvent(PeerEvent event) {
    String peer = name(event.peer().nodeId());
    switch (event.type()) {
      case CONNECTED -> session(peer);
      case RECONNECTED -> renew(peer);
      case DISCONNECTED -> sessions.remove(peer);
      case MOVED, SUSPECTED, FAILED, RECOVERED -> {}
    }
  }

  /** From now on the session with a peer counts as another. */
  void renew(String peer) {
    sessions.put(peer, new Object());
  }

  /** Makes good for news that were dropped, or came before anybody listened. */
  void refresh() {
    node.peers().forEach(peer -> session(name(peer.nodeId())));
    // Each is looked up in its turn: who has connected since a list was made is not in it.
    Predicate<String> isGone = peer -> node.peer(id(peer)).isEmpty();
    sessions.keySet().removeIf(isGone);
    topics.values().forEach(topic -> topic.forget(isGone));
  }

  /** The session with a peer that is connected. */
  Object session(String peer) {
    return sessions.computeIfAbsent(peer, key -> new Object());
  }

  /** All sessions, by peer. */
  Map<String, Object> sessions() {
    return Map.copyOf(sessions);
  }

  @Override
  public int maxFrameBytes(String peer) {
    return MAX_FRAME_BYTES;
  }

  @Override
  public boolean send(String peer, byte[] frame) {
    SubprotocolLink out = link;
    return out != null && out.send(id(peer), frame) == SendVerdict.SENT;
  }

  @Override
  public boolean mayHave(String topic, String peer) {
    try {
      return node.channels().subscribers(topic).contains(id(peer));
    } catch (NetException e) {
      // The name is none, or the node closes.
      return false;
    }
  }

  @Override
  public boolean isSource(String topic, String peer) {
    KeptNetTopic kept = topics.get(topic);
    return kept != null && kept.follows(peer);
  }

  @Override
  public void keeps(String topic, String peer) {
    KeptNetTopic kept = topics.get(topic);
    if (kept != null) {
      kept.keeps(peer);
    }
  }

  /** On this wire nothing comes by itself that a peer's log has. */
  @Override
  public long graceMs() {
    return 0;
  }

  @Override
  public long newsMs() {
    return NEWS_MS;
  }
}
