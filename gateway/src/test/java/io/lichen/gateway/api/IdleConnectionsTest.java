// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import io.lichen.gateway.http.HttpLimits;
import io.lichen.transport.wait.Await;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many who connect and say nothing: the gateway keeps to its bound, and the mesh goes on. */
@Timeout(120)
final class IdleConnectionsTest {
  private static final boolean FULL = System.getProperty("lichen.suite", "sample").equals("full");
  private static final int TRIED = FULL ? 10_000 : 2_000;
  private static final int MOST = FULL ? 4_096 : 800;
  private static final int MESSAGES = 500;
  private static final int WARM_UP = 500;
  private static final String PROBE = "is anybody there?";
  private static final Duration LONG = Duration.ofMinutes(5);

  /** Of several medians the least counts: this machine may be busy for as long as one takes. */
  private static final int ROUNDS = 5;

  /** A median may be slower by so much; its noise is far below where nothing else is to be done. */
  private static final int SLOWER = 3;

  private static final long SLACK_NS = 1_000_000;

  private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void shouldBeBoundedAndLeaveTheMeshAlone() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    try (MossNode receiver = receiver();
        MossNode sender = TwoNodes.node("")) {
      receiver.start();
      sender.start();
      receiver.subscribe("c");
      sender.connect(TwoNodes.address(receiver));
      Await.until(() -> reaches(sender));
      try (Gateway gateway =
              Gateway.builder().moss(receiver).registry(registry).limits(limits()).start();
          ApiClient client = new ApiClient(gateway)) {
        medianNs(sender, WARM_UP);
        long beforeNs = medianNs(sender, MESSAGES);
        assertEquals(200, client.get("/healthz").statusCode(), "this connection stays");
        for (int i = 0; i < TRIED; i++) {
          idle.add(connection(gateway.address(), i));
        }
        Await.until(() -> open() == MOST && refused() == TRIED + 1 - MOST);
        long slowestNs = SLOWER * beforeNs + SLACK_NS;
        long besideNs = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && besideNs >= slowestNs; round++) {
          besideNs = Math.min(besideNs, medianNs(sender, MESSAGES));
        }
        assertEquals(200, client.get("/healthz").statusCode());
        assertEquals(MOST, open());
        System.out.printf(
            "IDLE %d connections, %d open: median delivery %d us, without them %d us%n",
            TRIED, MOST, besideNs / 1000, beforeNs / 1000);
        assertTrue(besideNs < slowestNs, "median " + besideNs + " ns, before " + beforeNs + " ns");
      }
    } finally {
      for (SocketChannel channel : idle) {
        channel.close();
      }
    }
  }

  private MossNode receiver() {
    return MossNode.builder("gateway-test")
        .config("{\"trackers\":[],\"lan_discovery_enabled\":false,\"dht_enabled\":false}")
        .listen("127.0.0.1", 0)
        .onMessage(message -> arrived.add(new String(message.data(), StandardCharsets.UTF_8)))
        .build();
  }

  private static boolean reaches(MossNode sender) {
    try {
      return sender.publish("c", PROBE.getBytes(StandardCharsets.UTF_8)).peers() == 1;
    } catch (MossException e) {
      return false;
    }
  }

  private static HttpLimits limits() {
    HttpLimits usual = HttpLimits.defaults();
    return new HttpLimits(
        usual.maxLineBytes(),
        usual.maxHeaderBytes(),
        usual.maxBodyBytes(),
        MOST,
        usual.maxWebSockets(),
        LONG,
        LONG,
        LONG,
        usual.maxQueuedFrames(),
        usual.maxQueuedBytes(),
        LONG,
        LONG);
  }

  /** Every other one has begun a request and does not end it. */
  private static SocketChannel connection(InetSocketAddress gateway, int number)
      throws IOException {
    SocketChannel channel = SocketChannel.open(gateway);
    if (number % 2 == 1) {
      try {
        channel.write(StandardCharsets.US_ASCII.encode("GET /v1/mesh HTTP/1.1\r\n"));
      } catch (IOException e) {
        // It was closed at once.
      }
    }
    return channel;
  }

  /** From a publish to its arrival at the other node, of so many one after the other. */
  private long medianNs(MossNode sender, int messages) throws InterruptedException {
    long[] tookNs = new long[messages];
    for (int i = 0; i < messages; i++) {
      String text = "message " + i;
      long startNs = System.nanoTime();
      sender.publish("c", text.getBytes(StandardCharsets.UTF_8));
      assertEquals(text, nextArrived());
      tookNs[i] = System.nanoTime() - startNs;
    }
    Arrays.sort(tookNs);
    return tookNs[messages / 2];
  }

  private @Nullable String nextArrived() throws InterruptedException {
    String next = arrived.poll(20, TimeUnit.SECONDS);
    while (PROBE.equals(next)) {
      next = arrived.poll(20, TimeUnit.SECONDS);
    }
    return next;
  }

  private int open() {
    return (int) registry.get("lichen.http.connections").gauge().value();
  }

  private int refused() {
    return (int) registry.get("lichen.http.connections.refused").counter().count();
  }
}
