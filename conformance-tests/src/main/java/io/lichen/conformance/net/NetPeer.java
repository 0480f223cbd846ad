// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.Heard;
import io.lichen.conformance.child.LineChild;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * A running node, whichever runtime it is. Thread-safe. Every wait has a deadline and ends in an
 * {@link AssertionError} that says what did not happen and what did. Codes are those of the native
 * C API: 0 is done.
 */
public final class NetPeer implements AutoCloseable {
  private final NetSpec spec;
  private final Heard<NetEvent> events;
  private final Heard<JsonNode> notes;
  private final LineChild child;

  NetPeer(NetSpec spec, Children children, List<String> command) {
    this.spec = spec;
    this.events = new Heard<>(spec.toString());
    this.notes = new Heard<>(spec.toString());
    String name = spec.toString().replace(' ', '-');
    this.child = children.start(name, command, Map.of(), this::take, this::end);
  }

  /** How it was started. */
  public NetSpec spec() {
    return spec;
  }

  /** The id of its process. */
  public long pid() {
    return child.pid();
  }

  /** Its node id, decimal. */
  public String nodeId() {
    return ready("nodeId");
  }

  /** Its X25519 public key, hex; of a native another one each time it is started. */
  public String publicKey() {
    return ready("publicKey");
  }

  /** Its Ed25519 public key, hex. */
  public String entityId() {
    return ready("entityId");
  }

  /** {@code host:port} of its socket. */
  public String address() {
    return ready("address");
  }

  /** The port of its socket. */
  public int port() {
    return Integer.parseInt(address().substring(address().lastIndexOf(':') + 1));
  }

  /** Accepts a node that will dial; must come before {@link #start} for a native. */
  public CompletableFuture<Integer> accept(NetPeer dialer) {
    return child.askCode(op("accept").put("nodeId", dialer.nodeId()));
  }

  /** Dials a node at an address, which may be another than its own; returns the code. */
  public int connect(NetPeer listener, String address) {
    ObjectNode op = op("connect").put("address", address).put("publicKey", listener.publicKey());
    return code(op.put("nodeId", listener.nodeId()));
  }

  /** Makes a session with a node behind a peer; returns the code. */
  public int connectThrough(NetPeer relay, NetPeer listener) {
    ObjectNode op = op("connect").put("relay", relay.nodeId());
    op.put("address", relay.address()).put("publicKey", listener.publicKey());
    return code(op.put("nodeId", listener.nodeId()));
  }

  /** Starts to take part in the mesh. */
  public void start() {
    child.mustSucceed(op("start"));
  }

  /** Registers a channel with a config of the native's keys. */
  public void channel(String name, String configJson) {
    child.mustSucceed(
        op("channel").put("name", name).putRawValue("config", new RawValue(configJson)));
  }

  /** Subscribes at a publisher, with a token in hex or an empty one; returns the code. */
  public int subscribe(NetPeer publisher, String channel, String token) {
    ObjectNode op = op("subscribe").put("publisher", publisher.nodeId()).put("channel", channel);
    return code(token.isEmpty() ? op : op.put("token", token));
  }

  /** Unsubscribes at a publisher. */
  public void unsubscribe(NetPeer publisher, String channel) {
    child.mustSucceed(
        op("unsubscribe").put("publisher", publisher.nodeId()).put("channel", channel));
  }

  /** Publishes; the report says how many subscribers it went to. */
  public JsonNode publish(String channel, byte[] data) {
    return child.mustSucceed(publishing(channel, data)).path("report");
  }

  /** {@link #publish} without waiting. */
  public CompletableFuture<JsonNode> publishAsync(String channel, byte[] data) {
    return child.ask(publishing(channel, data));
  }

  /** Opens a stream to a peer. */
  public void openStream(NetPeer peer, String stream, boolean isReliable) {
    child.mustSucceed(
        op("openStream")
            .put("peer", peer.nodeId())
            .put("stream", stream)
            .put("reliability", isReliable ? "reliable" : "fire_and_forget")
            .put("windowBytes", 65_536));
  }

  /** Sends events on an open stream, without waiting for the reply. */
  public CompletableFuture<JsonNode> sendAsync(NetPeer peer, String stream, List<byte[]> batch) {
    ObjectNode op = op("send").put("peer", peer.nodeId()).put("stream", stream);
    ArrayNode array = op.putArray("events");
    batch.forEach(event -> array.add(Base64.getEncoder().encodeToString(event)));
    return child.ask(op);
  }

  /** Announces capabilities in the native's JSON form. */
  public void announce(String capabilitiesJson) {
    child.mustSucceed(op("announce").putRawValue("capabilities", new RawValue(capabilitiesJson)));
  }

  /** The ids of the nodes that it knows to match a filter in the native's JSON form. */
  public Set<String> find(String filterJson) {
    Set<String> nodes = new TreeSet<>();
    child
        .mustSucceed(op("find").putRawValue("filter", new RawValue(filterJson)))
        .path("nodes")
        .forEach(node -> nodes.add(node.asText()));
    return nodes;
  }

  /** A token, hex, that lets a node subscribe to a channel for an hour. */
  public String issueToken(NetPeer subject, String channel) {
    ObjectNode op = op("issueToken").put("subject", subject.entityId()).put("channel", channel);
    op.putArray("scope").add("subscribe");
    return child.mustSucceed(op.put("ttlSeconds", 3600)).path("token").asText();
  }

  /** How many peers it counts. */
  public int peerCount() {
    return child.mustSucceed(op("peers")).path("count").asInt();
  }

  /** What it finds that it is behind, from what its peers see. */
  public String natType() {
    return child.mustSucceed(op("natType")).path("natType").asText();
  }

  /** What another node has announced that it is behind. */
  public String natTypeOf(NetPeer other) {
    return child.mustSucceed(op("natType").put("nodeId", other.nodeId())).path("natType").asText();
  }

  /** {@code host:port} at which a peer sees it. */
  public String probeReflex(NetPeer peer) {
    return child
        .mustSucceed(op("probeReflex").put("nodeId", peer.nodeId()))
        .path("address")
        .asText();
  }

  /** Says where it is seen from outside. */
  public void overrideReflex(String address) {
    child.mustSucceed(op("reflexOverride").put("address", address));
  }

  /** Connects without a relay, if a peer of both can introduce the two; returns the reply. */
  public JsonNode connectDirect(NetPeer other, NetPeer coordinator) {
    ObjectNode op = op("connectDirect").put("nodeId", other.nodeId());
    return child.reply(
        op.put("publicKey", other.publicKey()).put("coordinator", coordinator.nodeId()));
  }

  /** A count of its ways through NATs, by the native's name. */
  public long traversal(String name) {
    return child.mustSucceed(op("traversalStats")).path("traversal").path(name).asLong();
  }

  /** Its statistics. */
  public JsonNode stats() {
    return child.mustSucceed(op("stats")).path("stats");
  }

  /** The value of a future that this node completes. */
  public <T> T await(CompletableFuture<T> future, String what) {
    return child.await(future, what);
  }

  /** What it has received. */
  public Heard<NetEvent> events() {
    return events;
  }

  /** What else it said that is neither reply nor event. */
  public Heard<JsonNode> notes() {
    return notes;
  }

  /** Ends it as a crash would. */
  public void kill() {
    child.kill();
  }

  /** Ends it orderly. */
  public void stop() {
    child.stop();
  }

  @Override
  public void close() {
    child.close();
  }

  @Override
  public String toString() {
    return spec + " (log " + child.log() + ")";
  }

  private static ObjectNode op(String name) {
    return LineChild.op(name);
  }

  private static ObjectNode publishing(String channel, byte[] data) {
    String encoded = Base64.getEncoder().encodeToString(data);
    return op("publish").put("channel", channel).put("data", encoded);
  }

  private int code(ObjectNode op) {
    return child.reply(op).path("code").asInt();
  }

  private String ready(String member) {
    return child.readyLine().path(member).asText();
  }

  private void take(JsonNode line) {
    if (line.path("type").asText().equals("event")) {
      events.add(NetEvent.of(line));
    } else {
      notes.add(line);
    }
  }

  private void end() {
    events.end();
    notes.end();
  }
}
