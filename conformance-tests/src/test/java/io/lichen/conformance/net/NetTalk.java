// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.lichen.conformance.child.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What nodes do with each other in the scenarios. */
final class NetTalk {
  static final Duration LIMIT = Duration.ofSeconds(12);

  /** So many published events a native's window holds, whenever the subscriber looks. */
  private static final int PACE = 100;

  private NetTalk() {}

  /** Accepts and dials, at an address that leads to the listener, and starts both. */
  static void connect(NetPeer dialer, NetPeer listener, String address) {
    CompletableFuture<Integer> accepted = listener.accept(dialer);
    assertEquals(0, dialer.connect(listener, address), () -> "code of connect, " + dialer);
    assertEquals(0, listener.await(accepted, "reply to accept"), () -> "accept, " + listener);
    dialer.start();
    listener.start();
  }

  /** {@link #connect} at the listener's own address. */
  static void connect(NetPeer dialer, NetPeer listener) {
    connect(dialer, listener, listener.address());
  }

  /** Announces a tag, by which the node must be found elsewhere in time. */
  static void announce(NetPeer from, NetPeer at, String tag, Duration limit) {
    from.announce("{\"tags\":[\"" + tag + "\"]}");
    awaitFound(from, at, tag, limit);
  }

  /** Waits until a node alone is found elsewhere by a tag. */
  static void awaitFound(NetPeer from, NetPeer at, String tag, Duration limit) {
    String filter = "{\"require_tags\":[\"" + tag + "\"]}";
    Waits.until(
        tag + " found at " + at, limit, () -> at.find(filter).equals(Set.of(from.nodeId())));
  }

  /** Publishes events one after the other; each must arrive once. */
  static void publish(NetPeer publisher, NetPeer subscriber, String channel, int count) {
    Numbered events = Numbered.brief(count);
    subscriber.events().clear();
    for (int i = 0; i < count; i++) {
      JsonNode report = publisher.publish(channel, events.event(i));
      assertEquals(1, report.path("delivered").asInt(), () -> "report " + report);
      if (i % PACE == PACE - 1) {
        subscriber.events().awaitCount(i + 1, LIMIT);
      }
    }
    subscriber.events().awaitCount(count, LIMIT);
    assertEquals("", events.difference(texts(subscriber.events().all())));
  }

  /** Sends events in batches without waiting between them. */
  static void send(NetPeer from, NetPeer to, String stream, Numbered events, int batch) {
    List<String> sent = trySend(from, to, stream, events, batch);
    assertEquals(events.count(), sent.size(), () -> "events that " + from + " took");
  }

  /** {@link #send} from one who may refuse batches; returns the events of the others, as text. */
  static List<String> trySend(NetPeer from, NetPeer to, String stream, Numbered events, int batch) {
    int count = events.count();
    List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
    for (int sent = 0; sent < count; sent += batch) {
      replies.add(from.sendAsync(to, stream, events.events(sent, Math.min(count, sent + batch))));
    }
    List<String> texts = events.texts();
    List<String> taken = new ArrayList<>(count);
    for (int i = 0; i < replies.size(); i++) {
      if (from.await(replies.get(i), "reply to send").path("code").asInt() == 0) {
        taken.addAll(texts.subList(i * batch, Math.min(count, (i + 1) * batch)));
      }
    }
    return taken;
  }

  /** Payloads as text, in order of arrival. */
  static List<String> texts(List<NetEvent> events) {
    return events.stream().map(NetEvent::text).toList();
  }

  /** Payloads as text, each once, in the order in which they came first. */
  static List<String> distinctTexts(List<NetEvent> events) {
    return events.stream().map(NetEvent::text).distinct().toList();
  }

  /** Waits until so many different payloads have come; the rest may be repeats. */
  static List<NetEvent> awaitDistinct(NetPeer receiver, int count, Duration limit) {
    Set<String> seen = new HashSet<>();
    receiver
        .events()
        .await(
            event -> {
              seen.add(event.text());
              return seen.size() >= count;
            },
            count + " different events",
            limit);
    return receiver.events().all();
  }
}
