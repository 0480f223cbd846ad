// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LineWriterTest {
  private static final long LIMIT_S = 10;

  @Test
  void shouldWriteMessagesAndEventsAsTheContractHasThem() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineWriter writer = new LineWriter(out, () -> {})) {
      writer.ready("{\"listen_port\":7}");
      writer.message("", "c\n", "ab", new byte[] {(byte) 0xff, 0});
      writer.message("r", "c", "", new byte[0]);
      writer.event(1, "PEER_JOINED", "{\"peer\":\"ab\"}");
      writer.event(2, "PEER_LEFT", Map.of("peer", "ab"));
    }
    assertEquals(
        """
        {"type":"ready","info":{"listen_port":7}}
        {"type":"message","channel":"c\\n","sender":"ab","data":"/wA="}
        {"type":"message","room":"r","channel":"c","sender":"","data":""}
        {"type":"event","id":1,"name":"PEER_JOINED","detail":{"peer":"ab"}}
        {"type":"event","id":2,"name":"PEER_LEFT","detail":{"peer":"ab"}}
        """,
        out.toString(UTF_8));
  }

  @Test
  void shouldSayWhereItsGatewayIs() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineWriter writer = new LineWriter(out, () -> {})) {
      writer.ready("{}", "http://127.0.0.1:8080/");
    }
    assertEquals(
        "{\"type\":\"ready\",\"info\":{},\"http\":\"http://127.0.0.1:8080/\"}\n",
        out.toString(UTF_8));
  }

  @Test
  void shouldHoldMessagesBackUntilReadyWasSaid() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LineWriter writer = new LineWriter(out, () -> {})) {
      Thread early = Thread.ofVirtual().start(() -> writer.message("", "c", "", new byte[0]));
      writer.ready("{}");
      assertTrue(early.join(Duration.ofSeconds(LIMIT_S)));
    }
    List<String> lines = out.toString(UTF_8).lines().toList();
    assertTrue(lines.getFirst().contains("ready"), lines.toString());
    assertEquals(2, lines.size());
  }

  @Test
  void shouldFlushALineWithoutWaitingForMore() throws InterruptedException {
    CountDownLatch flushed = new CountDownLatch(1);
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void flush() {
            flushed.countDown();
          }
        };
    try (LineWriter writer = new LineWriter(out, () -> {})) {
      writer.ready("{}");
      assertTrue(flushed.await(LIMIT_S, TimeUnit.SECONDS));
    }
  }

  @Test
  void shouldMakeCallersWaitForAReaderThatDoesNotRead() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    Stalled out = new Stalled(reading);
    try (LineWriter writer = new LineWriter(out, () -> {})) {
      writer.ready("{}");
      Thread caller = Thread.ofPlatform().start(() -> sayMuch(writer));
      while (caller.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      reading.countDown();
      assertTrue(caller.join(Duration.ofSeconds(LIMIT_S)));
    }
    assertEquals(101, out.lines.get());
  }

  private static void sayMuch(LineWriter writer) {
    for (int i = 0; i < 100; i++) {
      writer.message("", "c", "", new byte[64 * 1024]);
    }
  }

  @Test
  void shouldTellOnceWhenNobodyReadsAnyMore() throws InterruptedException {
    CountDownLatch broken = new CountDownLatch(1);
    OutputStream out =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("broken pipe");
          }
        };
    try (LineWriter writer = new LineWriter(out, broken::countDown)) {
      writer.ready("{}");
      assertTrue(broken.await(LIMIT_S, TimeUnit.SECONDS));
      sayMuch(writer);
    }
  }

  /** Takes nothing until it is told to. */
  private static final class Stalled extends OutputStream {
    private final CountDownLatch reading;
    private final AtomicInteger lines = new AtomicInteger();

    Stalled(CountDownLatch reading) {
      this.reading = reading;
    }

    @Override
    public void write(int octet) {
      if (octet == '\n') {
        lines.incrementAndGet();
      }
    }

    @Override
    public void write(byte[] octets, int offset, int length) {
      try {
        reading.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      for (int i = offset; i < offset + length; i++) {
        write(octets[i]);
      }
    }
  }
}
