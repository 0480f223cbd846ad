// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.bench.compare.Burst;
import io.lichen.bench.compare.PeerProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Two processes with a node each and a session between them; one sends, the other counts. */
final class NetPair implements AutoCloseable {
  private static final long QUIET_MS = 500;
  private static final long UNTIL_ACCEPTING_NS = 3_000_000;

  private final String name;
  private final boolean lichen;
  private final int windowBytes;
  private final boolean again;
  private final PeerProcess sender;
  private final PeerProcess receiver;
  private JsonNode senderIs;
  private JsonNode receiverIs;
  private long lastStream;

  /**
   * Starts both.
   *
   * @param windowBytes of each stream
   * @param again whether a native sender asks again at once when its window is full
   */
  NetPair(String name, NetKind from, NetKind to, int windowBytes, boolean again)
      throws IOException {
    this.name = name;
    this.lichen = from == NetKind.LICHEN && to == NetKind.LICHEN;
    this.windowBytes = windowBytes;
    this.again = again;
    sender = from.start();
    receiver = to.start();
    senderIs = sender.next();
    receiverIs = receiver.next();
    connect();
  }

  String name() {
    return name;
  }

  /** Whether both are Lichen, which gets faster while its code is compiled. */
  boolean isLichen() {
    return lichen;
  }

  int windowBytes() {
    return windowBytes;
  }

  /** Connects the fresh nodes; the time of the connect call in microseconds. */
  private double connect() throws IOException {
    receiver.say("accept", op -> op.set("nodeId", senderIs.path("nodeId")));
    LockSupport.parkNanos(UNTIL_ACCEPTING_NS); // A handshake that comes too early is lost.
    JsonNode connected =
        sender.call(
            "connect",
            op -> {
              op.set("address", receiverIs.path("address"));
              op.set("publicKey", receiverIs.path("publicKey"));
              op.set("nodeId", receiverIs.path("nodeId"));
            });
    receiver.next();
    sender.call("start");
    receiver.call("start");
    return connected.path("elapsedNs").asLong() / 1e3;
  }

  /** Times of connect calls between fresh nodes in these warm processes, in microseconds. */
  List<Double> connectMicros(int count) throws IOException {
    List<Double> micros = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      senderIs = sender.call("renew");
      receiverIs = receiver.call("renew");
      micros.add(connect());
    }
    return micros;
  }

  /** Sends for a while as fast as the runtime takes it, then waits until arrivals have ended. */
  Burst burst(NetLoad load, long durationMs) {
    openStream(load.reliability());
    receiver.call("tally");
    JsonNode sent =
        sender.call(
            "load",
            op ->
                stream(op, receiverIs)
                    .put("sizeBytes", load.sizeBytes())
                    .put("batch", load.batch())
                    .put("durationMs", durationMs)
                    .put("again", again));
    long events = sent.path("sent").asLong();
    JsonNode got =
        receiver.call("awaitTally", op -> op.put("expected", events).put("quietMs", QUIET_MS));
    return burst(load, sent, got);
  }

  private static Burst burst(NetLoad load, JsonNode sent, JsonNode got) {
    long events = sent.path("sent").asLong();
    long count = got.path("count").asLong();
    long delivered = Math.min(events, count);
    double seconds = (got.path("lastNs").asLong() - sent.path("beginNs").asLong()) / 1e9;
    return new Burst(
        events,
        delivered,
        count - delivered,
        delivered / seconds,
        delivered * (double) load.sizeBytes() / seconds / 1e6,
        sent.path("allocatedBytes").asDouble() / events,
        got.path("allocatedBytes").asDouble() / Math.max(1, count));
  }

  /** Times of single events of this size there and back, in microseconds. */
  List<Double> roundTripMicros(int sizeBytes, int count) {
    openStream("reliable");
    receiver.call("openStream", op -> stream(op, senderIs).put("reliability", "reliable"));
    receiver.call("echo", op -> stream(op, senderIs));
    JsonNode reply =
        sender.call(
            "roundTrips",
            op -> stream(op, receiverIs).put("sizeBytes", sizeBytes).put("count", count));
    receiver.call("tally");
    List<Double> micros = new ArrayList<>();
    reply.path("timesNs").forEach(ns -> micros.add(ns.asLong() / 1e3));
    return micros;
  }

  private void openStream(String reliability) {
    lastStream++;
    sender.call(
        "openStream",
        op ->
            stream(op, receiverIs).put("reliability", reliability).put("windowBytes", windowBytes));
  }

  private ObjectNode stream(ObjectNode op, JsonNode peer) {
    op.set("peer", peer.path("nodeId"));
    return op.put("stream", Long.toString(lastStream));
  }

  /** The larger of the two, in megabytes (10^6 bytes). */
  double peakResidentMegabytes() {
    return Math.max(sender.peakResidentMegabytes(), receiver.peakResidentMegabytes());
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
  }
}
