// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** What nodes do with each other in the scenarios. */
final class NetTalk {
  static final Duration LIMIT = Duration.ofSeconds(12);

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

  /** Publishes numbered events one after the other; each must arrive once. */
  static void publish(NetPeer publisher, NetPeer subscriber, String channel, int count) {
    subscriber.events().clear();
    for (int i = 0; i < count; i++) {
      JsonNode report = publisher.publish(channel, numbered(i));
      assertEquals(1, report.path("delivered").asInt(), () -> "report " + report);
    }
    subscriber.events().awaitCount(count, LIMIT);
    assertEquals(numbers(count), texts(subscriber.events().all()));
  }

  /** Sends numbered events in batches without waiting between them. */
  static void send(NetPeer from, NetPeer to, String stream, int count, int batch) {
    List<CompletableFuture<JsonNode>> replies = new ArrayList<>();
    for (int sent = 0; sent < count; sent += batch) {
      List<byte[]> events = new ArrayList<>();
      for (int i = sent; i < Math.min(count, sent + batch); i++) {
        events.add(numbered(i));
      }
      replies.add(from.sendAsync(to, stream, events));
    }
    for (CompletableFuture<JsonNode> reply : replies) {
      JsonNode answer = from.await(reply, "reply to send");
      assertEquals(0, answer.path("code").asInt(), () -> "send was answered by " + answer);
    }
  }

  /** The payload of an event with a number. */
  static byte[] numbered(int number) {
    return ("event " + number).getBytes(StandardCharsets.UTF_8);
  }

  /** The payloads of that many numbered events as text, in order. */
  static List<String> numbers(int count) {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(new String(numbered(i), StandardCharsets.UTF_8));
    }
    return texts;
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
