// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.transport.moss.Carrier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Running peers that all talk on one channel, and what each heard of each other. */
final class MeshCrowd {
  /** Of all together. */
  private static final int MESSAGES_PER_SECOND = 100;

  /** Probes from before the talk may still be under way. */
  private static final String MARK = "message ";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** Longer than a heartbeat, in which lost messages are offered again. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private final List<MeshPeer> peers;
  private int messages;

  MeshCrowd(List<MeshPeer> peers) {
    this.peers = List.copyOf(peers);
  }

  List<MeshPeer> all() {
    return peers;
  }

  List<MeshPeer> those(Driver driver) {
    return peers.stream().filter(peer -> peer.spec().driver() == driver).toList();
  }

  /** Connects every pair, and waits until everyone hears everyone. */
  void connectAll() {
    for (int i = 0; i < peers.size(); i++) {
      for (int j = 0; j < i; j++) {
        Talk.connect(peers.get(i), peers.get(j), peers.get(j).address(), Carrier.TCP);
      }
    }
    for (MeshPeer from : peers) {
      peers.stream().filter(to -> to != from).forEach(to -> Talk.oneWay(from, to, Talk.LIMIT));
    }
    peers.forEach(MeshPeer::clearMessages);
  }

  /** Everyone publishes as many messages, in turn; returns when all is quiet. */
  void talk(int messagesOfEach) {
    messages = messagesOfEach;
    List<CompletableFuture<Integer>> codes = new ArrayList<>();
    long beginNs = System.nanoTime();
    for (int i = 0; i < messages * peers.size(); i++) {
      long dueNs = beginNs + i * (1_000_000_000L / MESSAGES_PER_SECOND);
      LockSupport.parkNanos(dueNs - System.nanoTime());
      MeshPeer speaker = peers.get(i % peers.size());
      byte[] text = (MARK + i / peers.size()).getBytes(UTF_8);
      codes.add(speaker.publishAsync(Talk.CHANNEL, text));
    }
    codes.forEach(code -> assertEquals(0, code.join(), "code of publish"));
    awaitSilence();
  }

  /** What every peer said, each message once. */
  Map<String, Integer> said() {
    Map<String, Integer> said = new HashMap<>();
    IntStream.range(0, messages).forEach(i -> said.put(MARK + i, 1));
    return said;
  }

  /** What one has heard of the other, and how often. */
  Map<String, Integer> heardFrom(MeshPeer speaker, MeshPeer listener) {
    Map<String, Integer> heard = new HashMap<>();
    for (Received message : listener.messages()) {
      String text = new String(message.data(), UTF_8);
      if (message.sender().equals(speaker.id()) && text.startsWith(MARK)) {
        heard.merge(text, 1, Integer::sum);
      }
    }
    return heard;
  }

  /** The share of what peers of one runtime said that those of another have heard. */
  double share(Driver speakers, Driver listeners) {
    double heard = 0;
    double said = 0;
    for (MeshPeer speaker : those(speakers)) {
      for (MeshPeer listener : those(listeners)) {
        heard += speaker == listener ? 0 : heardFrom(speaker, listener).size();
        said += speaker == listener ? 0 : messages;
      }
    }
    return heard / said;
  }

  String summary() {
    StringBuilder text = new StringBuilder();
    List<Driver> runtimes = peers.stream().map(peer -> peer.spec().driver()).distinct().toList();
    for (Driver speakers : runtimes) {
      for (Driver listeners : runtimes) {
        text.append(
            "%s → %s: %.2f %%%n".formatted(speakers, listeners, 100 * share(speakers, listeners)));
      }
    }
    for (MeshPeer listener : peers) {
      text.append(listener.spec().driver());
      for (MeshPeer speaker : peers) {
        text.append(' ').append(heardFrom(speaker, listener).size());
      }
      text.append('\n');
    }
    return text.toString();
  }

  private void awaitSilence() {
    long deadlineNs = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      long before = heard();
      if (!Waits.holdsWithin(SILENCE, () -> heard() > before) || System.nanoTime() > deadlineNs) {
        return;
      }
    }
  }

  private long heard() {
    return peers.stream().mapToLong(peer -> peer.messages().size()).sum();
  }
}
