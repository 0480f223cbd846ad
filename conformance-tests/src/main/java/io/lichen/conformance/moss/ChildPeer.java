// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.Heard;
import io.lichen.conformance.child.LineChild;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** A peer in a child process, steered by JSON lines. */
final class ChildPeer implements MeshPeer {
  private final PeerSpec spec;
  private final LineChild child;
  private final Heard<Received> messages;
  private final Heard<Relayed> relayed;
  private final Heard<JsonNode> events;
  private final String id;
  private final int port;

  /** Starts a process and waits until its node is ready. */
  ChildPeer(
      PeerSpec spec,
      Children children,
      String name,
      List<String> command,
      Map<String, String> environment) {
    this.spec = spec;
    this.messages = new Heard<>(name);
    this.relayed = new Heard<>(name);
    this.events = new Heard<>(name);
    this.child = children.start(name, command, environment, this::take, this::end);
    JsonNode info = child.readyLine().path("info");
    this.id = info.path("public_key").asText();
    this.port = info.path("listen_port").asInt();
  }

  @Override
  public PeerSpec spec() {
    return spec;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public JsonNode info() {
    return child.reply(op("info")).path("info");
  }

  @Override
  public JsonNode networkStats() {
    return child.reply(op("stats")).path("stats");
  }

  @Override
  public void subscribe(String channel) {
    child.mustSucceed(op("subscribe").put("channel", channel));
  }

  @Override
  public void unsubscribe(String channel) {
    child.mustSucceed(op("unsubscribe").put("channel", channel));
  }

  @Override
  public void join(String room, byte[] psk) {
    child.mustSucceed(op("join").put("room", room).put("psk", psk));
  }

  @Override
  public void leave(String room) {
    child.mustSucceed(op("leave").put("room", room));
  }

  @Override
  public void subscribe(String room, String channel) {
    child.mustSucceed(op("subscribe").put("room", room).put("channel", channel));
  }

  @Override
  public void score(String peerId, double score) {
    child.mustSucceed(op("score").put("peer", peerId).put("score", score));
  }

  @Override
  public int publish(String room, String channel, byte[] data) {
    ObjectNode op = op("publish").put("room", room).put("channel", channel).put("data", data);
    return child.reply(op).path("code").asInt();
  }

  @Override
  public int publish(String channel, byte[] data) {
    return child.await(publishAsync(channel, data), "reply to publish");
  }

  @Override
  public CompletableFuture<Integer> publishAsync(String channel, byte[] data) {
    return child.askCode(op("publish").put("channel", channel).put("data", data));
  }

  @Override
  public CompletableFuture<Integer> connectAsync(String address) {
    return child.askCode(op("connect").put("address", address));
  }

  @Override
  public int relay(String peerId, byte[] data) {
    return child.await(relayAsync(peerId, data), "reply to relay");
  }

  @Override
  public CompletableFuture<Integer> relayAsync(String peerId, byte[] data) {
    return child.askCode(op("relay").put("peer", peerId).put("data", data));
  }

  @Override
  public Heard<Relayed> relayed() {
    return relayed;
  }

  @Override
  public void connectTo(String peerId) {
    child.mustSucceed(op("connect").put("peer", peerId));
  }

  @Override
  public List<Received> messages() {
    return messages.all();
  }

  @Override
  public void clearMessages() {
    messages.clear();
  }

  @Override
  public Received awaitMessage(Predicate<Received> wanted, String description, Duration limit) {
    return messages.await(wanted, description, limit);
  }

  @Override
  public List<Received> awaitMessages(int count, Duration limit) {
    return messages.awaitCount(count, limit);
  }

  @Override
  public JsonNode awaitEvent(String name, String peerId, Duration limit) {
    return events.take(
        event ->
            event.path("name").asText().equals(name)
                && event.path("detail").path("peer").asText().equals(peerId),
        "event " + name + " of " + peerId,
        limit);
  }

  @Override
  public boolean hasTcpTo(String address) {
    try {
      // The kernel writes addresses as one hexadecimal number in the machine's byte order.
      byte[] octets = InetAddress.ofLiteral(address).getAddress();
      int number = ByteBuffer.wrap(octets).order(ByteOrder.nativeOrder()).getInt();
      String table = Files.readString(Path.of("/proc/" + child.pid() + "/net/tcp"));
      return table.contains(String.format(" %08X:", number));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void kill() {
    child.kill();
  }

  @Override
  public void stop() {
    child.stop();
  }

  @Override
  public void close() {
    child.close();
  }

  private static ObjectNode op(String name) {
    return LineChild.op(name);
  }

  private void take(JsonNode line) {
    switch (line.path("type").asText()) {
      case "event" -> events.add(line);
      case "relayed" -> relayed.add(relayed(line));
      default -> messages.add(received(line));
    }
  }

  private void end() {
    relayed.end();
    messages.end();
    events.end();
  }

  private static Received received(JsonNode line) {
    return new Received(
        line.path("room").asText(),
        line.path("channel").asText(),
        line.path("sender").asText(),
        data(line));
  }

  private static Relayed relayed(JsonNode line) {
    return new Relayed(
        line.path("sender").asText(), data(line), line.path("sealed").booleanValue());
  }

  private static byte[] data(JsonNode line) {
    try {
      return line.path("data").binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
