// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.moss.MossError;
import io.lichen.core.moss.MossException;
import io.lichen.crypto.PeerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LineSessionTest {
  private final List<String> calls = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void shouldReplyInTheOrderOfTheOperationsWithTheirIds() throws IOException {
    run(
        """
        {"op":"subscribe","channel":"c","id":1}
        {"op":"publish","channel":"c","data":"AQI=","id":"two"}

        {"op":"info","id":[3]}
        {"op":"stats","id":4}
        {"op":"connect","address":"h:1"}
        {"op":"relay","peer":"PEER","data":"AQI="}
        {"op":"score","peer":"PEER","score":-2e2}
        {"op":"score","peer":"PEER"}
        {"op":"unsubscribe","channel":"c","id":null}
        """
            .replace("PEER", "0a".repeat(32)));
    assertEquals(
        """
        {"type":"reply","op":"subscribe","code":0,"id":1}
        {"type":"reply","op":"publish","code":0,"id":"two"}
        {"type":"reply","op":"info","code":0,"info":{"mesh_id":"m"},"id":[3]}
        {"type":"reply","op":"stats","code":0,"stats":{"epoch":7},"id":4}
        {"type":"reply","op":"connect","code":0}
        {"type":"reply","op":"relay","code":0}
        {"type":"reply","op":"score","code":0}
        {"type":"reply","op":"score","code":0}
        {"type":"reply","op":"unsubscribe","code":0,"id":null}
        """,
        said.toString(UTF_8));
    assertEquals(
        List.of(
            "subscribe c",
            "publish c 2",
            "connect h:1",
            "relay 0a0a 2",
            "score 0a0a OptionalDouble[-200.0]",
            "score 0a0a OptionalDouble.empty",
            "unsubscribe c"),
        calls);
  }

  @Test
  void shouldNameTheRoomThatAnOperationIsAbout() throws IOException {
    run(
        """
        {"op":"join","room":"r/","psk":"AQI="}
        {"op":"join","room":"s/"}
        {"op":"subscribe","room":"r/","channel":"c"}
        {"op":"publish","room":"r/","channel":"c","data":""}
        {"op":"unsubscribe","room":"s/","channel":"c"}
        {"op":"leave","room":"r/"}
        """);
    assertEquals(
        List.of(
            "join r/ 2",
            "join s/ 0",
            "subscribe r/c",
            "publish r/c 0",
            "unsubscribe s/c",
            "leave r/"),
        calls);
  }

  @Test
  void shouldAnswerARefusalWithItsCodeAndReason() throws IOException {
    run("{\"op\":\"subscribe\",\"channel\":\"\",\"id\":9}\n");
    assertEquals(
        "{\"type\":\"reply\",\"op\":\"subscribe\",\"code\":-4,\"message\":\"empty\",\"id\":9}\n",
        said.toString(UTF_8));
  }

  @Test
  void shouldAnswerABadLineWithAnErrorAndGoOn() throws IOException {
    run("{\"op\":\"dance\",\"id\":1}\n{\"op\":\"subscribe\",\"channel\":\"c\"}\n");
    List<String> lines = said.toString(UTF_8).lines().toList();
    assertEquals(2, lines.size());
    assertEquals(
        "{\"type\":\"error\",\"code\":-8,\"message\":\"unknown op \\\"dance\\\"; known are publish,"
            + " subscribe, unsubscribe, join, leave, connect, relay, score, info, stats and stop\",\"id\":1}",
        lines.get(0));
    assertEquals(List.of("subscribe c"), calls);
  }

  @Test
  void shouldEndAtStopAndLeaveItsReplyToTheCaller() throws IOException {
    LineOp.Stop stop =
        run("{\"op\":\"stop\",\"id\":5}\n{\"op\":\"subscribe\",\"channel\":\"c\"}\n");
    assertNotNull(stop);
    assertEquals("5", String.valueOf(stop.id()));
    assertEquals("", said.toString(UTF_8));
    assertEquals(List.of(), calls);
  }

  @Test
  void shouldEndWithItsInput() throws IOException {
    assertNull(run(""));
  }

  private LineOp.@Nullable Stop run(String input) throws IOException {
    try (LineWriter out = new LineWriter(said, () -> {})) {
      LineReader in = new LineReader(new ByteArrayInputStream(input.getBytes(UTF_8)), 1_000);
      return new LineSession(new Recorder(), in, out).run();
    }
  }

  /** Notes what it is asked for. */
  private final class Recorder implements LineTarget {
    @Override
    public void publish(String room, String channel, byte[] data) {
      calls.add("publish " + room + channel + ' ' + data.length);
    }

    @Override
    public void subscribe(String room, String channel) {
      if (channel.isEmpty()) {
        throw new MossException(MossError.INVALID_CHANNEL, "empty");
      }
      calls.add("subscribe " + room + channel);
    }

    @Override
    public void unsubscribe(String room, String channel) {
      calls.add("unsubscribe " + room + channel);
    }

    @Override
    public void join(String room, byte[] psk) {
      calls.add("join " + room + ' ' + psk.length);
    }

    @Override
    public void leave(String room) {
      calls.add("leave " + room);
    }

    @Override
    public void connect(String address) {
      calls.add("connect " + address);
    }

    @Override
    public void relay(PeerId peer, byte[] data) {
      calls.add("relay " + peer.hex().substring(0, 4) + ' ' + data.length);
    }

    @Override
    public void connect(PeerId peer) {
      calls.add("connect to " + peer.hex().substring(0, 4));
    }

    @Override
    public void score(PeerId peer, OptionalDouble score) {
      calls.add("score " + peer.hex().substring(0, 4) + ' ' + score);
    }

    @Override
    public String infoJson() {
      return "{\"mesh_id\":\"m\"}";
    }

    @Override
    public String statsJson() {
      return "{\"epoch\":7}";
    }
  }
}
