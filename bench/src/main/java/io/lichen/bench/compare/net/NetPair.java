// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare.net;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.bench.compare.Burst;
import io.lichen.bench.compare.PeerProcess;
import io.lichen.bench.compare.Rounds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Two processes with a node each and a session between them; one sends, the other counts. */
final class NetPair implements Rounds.Pair {
  static final int DEFAULT_WINDOW_BYTES = 64 * 1024;

  private static final long QUIET_MS = 500;
  private static final long UNTIL_ACCEPTING_NS = 3_000_000;

  private final String name;
  private final boolean lichen;
  private final boolean natives;

  /** Whether the dialler's handshake is the one that started nodes answer. */
  private final boolean dialsStarted;

  private int windowBytes = DEFAULT_WINDOW_BYTES;
  private boolean again;
  private final PeerProcess sender;
  private final PeerProcess receiver;
  private JsonNode senderIs;
  private JsonNode receiverIs;
  private long lastStream;

  private NetPair(String name, NetKind from, NetKind to, PeerProcess sender, PeerProcess receiver) {
    this.name = name;
    this.lichen = from != NetKind.NATIVE && to != NetKind.NATIVE;
    this.natives = from == NetKind.NATIVE && to == NetKind.NATIVE;
    this.dialsStarted = from != NetKind.NATIVE;
    this.sender = sender;
    this.receiver = receiver;
    senderIs = sender.next();
    receiverIs = receiver.next();
  }

  /** Starts both and connects them; the windows of their streams are the defaults. */
  static NetPair start(String name, NetKind from, NetKind to) throws IOException {
    PeerProcess sender = from.start();
    PeerProcess receiver = null;
    try {
      receiver = to.start();
      NetPair pair = new NetPair(name, from, to, sender, receiver);
      pair.connect();
      return pair;
    } catch (IOException | RuntimeException e) {
      sender.close();
      if (receiver != null) {
        receiver.close();
      }
      throw e;
    }
  }

  /** Streams opened from now on have windows of so many bytes. */
  NetPair windowBytes(int bytes) {
    windowBytes = bytes;
    return this;
  }

  /** A native sender asks again at once from now on when its window is full. */
  NetPair again() {
    again = true;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  /** Whether both are Lichen, which gets faster while its code is compiled. */
  boolean isLichen() {
    return lichen;
  }

  /** Whether neither is Lichen. */
  boolean isNative() {
    return natives;
  }

  /** Whether it is measured as both runtimes come. */
  boolean isDefault() {
    return windowBytes == DEFAULT_WINDOW_BYTES && !again;
  }

  /** Connects the fresh nodes; the time of the connect call in microseconds. */
  private double connect() {
    if (dialsStarted) {
      receiver.call("start");
    } else {
      receiver.say("accept", op -> op.set("nodeId", senderIs.path("nodeId")));
      LockSupport.parkNanos(UNTIL_ACCEPTING_NS); // A handshake that comes too early is lost.
    }
    JsonNode connected =
        sender.call(
            "connect",
            op -> {
              op.set("address", receiverIs.path("address"));
              op.set("publicKey", receiverIs.path("publicKey"));
              op.set("nodeId", receiverIs.path("nodeId"));
            });
    if (!dialsStarted) {
      receiver.next();
      receiver.call("start");
    }
    sender.call("start");
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

  @Override
  public double peakResidentMegabytes() {
    return Math.max(sender.peakResidentMegabytes(), receiver.peakResidentMegabytes());
  }

  @Override
  public void close() {
    sender.close();
    receiver.close();
  }
}
