// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.child.Waits;
import io.lichen.core.moss.MossException;
import io.lichen.core.moss.MossNode;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sequences of calls on the native's node object. */
final class ApiCodes implements ApiCheck.Caller {
  private static final Pattern QUOTED = Pattern.compile("^[a-z_]+\\((?:B,)?'([^']*)'");
  private static final Pattern BYTES = Pattern.compile("(\\d+) bytes\\)");
  private static final int NO_SUCH_PORT = 70_000;
  private static final byte[] ONE = {'x'};

  private final Nodes nodes = new Nodes();
  private final DatagramSocket occupied = occupied();
  private MossNode a = nodes.make("room", 0);
  private MossNode b = nodes.make("room", 0);

  private static DatagramSocket occupied() {
    try {
      return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void call(String call, String sequence, ObjectNode row) {
    if (sequence.equals("two nodes")) {
      row.put("code", twoNodes(call));
    } else if (call.startsWith("start()")) {
      start(call, sequence, row);
    } else {
      row.put("code", one(call));
    }
  }

  private void start(String call, String sequence, ObjectNode row) {
    if (call.equals("start() with an occupied udp port")) {
      a = nodes.make("room", occupied.getLocalPort());
    } else if (sequence.equals("listen_port 70000")) {
      a = nodes.make("room", NO_SUCH_PORT);
    }
    try {
      a.start();
      row.put("code", 0);
    } catch (MossException e) {
      row.put("code", e.error().code());
      if (!sequence.startsWith("start twice")) {
        row.put("last_error_nonempty", !String.valueOf(e.getMessage()).isBlank());
      }
    }
  }

  private int one(String call) {
    String argument = quoted(call);
    return Nodes.code(
        switch (call.substring(0, call.indexOf('('))) {
          case "stop" -> a::stop;
          case "publish" -> () -> a.publish(argument, data(call));
          case "subscribe" -> () -> a.subscribe(channel(call, argument));
          case "unsubscribe" -> () -> a.unsubscribe(argument);
          case "connect" -> () -> a.connect(address(call, argument));
          default -> throw new IllegalArgumentException(call);
        });
  }

  private int twoNodes(String call) {
    return switch (call) {
      case "subscribe(B,'a')" -> Nodes.code(() -> b.subscribe("a"));
      case "subscribe(A,'a')" -> Nodes.code(() -> a.subscribe("a"));
      case "connect(B->A)" -> {
        a.start();
        b.start();
        yield Nodes.code(() -> b.connect(Nodes.address(a)));
      }
      case "connect(B->A) again" -> Nodes.code(() -> b.connect(Nodes.address(a)));
      case "publish(B,'a','hi')" -> {
        // The other side's subscription arrives when it arrives.
        Waits.holdsWithin(Nodes.PATIENCE, () -> Nodes.code(() -> b.publish("a", ONE)) == 0);
        yield Nodes.code(() -> b.publish("a", ONE));
      }
      case "publish(B,'other','hi')" -> Nodes.code(() -> b.publish("other", ONE));
      case "publish(B,'a','hi') after A stopped" -> {
        a.stop();
        Waits.holdsWithin(Nodes.PATIENCE, () -> b.info().peerCount() == 0);
        yield Nodes.code(() -> b.publish("a", ONE));
      }
      default -> throw new IllegalArgumentException(call);
    };
  }

  private String address(String call, String quoted) {
    return call.equals("connect(own loopback address)") ? Nodes.address(a) : quoted;
  }

  private static String channel(String call, String quoted) {
    Matcher bytes = BYTES.matcher(call);
    return bytes.find() ? "x".repeat(Integer.parseInt(bytes.group(1))) : quoted;
  }

  private static byte[] data(String call) {
    Matcher bytes = BYTES.matcher(call);
    if (bytes.find()) {
      return new byte[Integer.parseInt(bytes.group(1))];
    }
    return call.contains("empty") ? new byte[0] : ONE;
  }

  private static String quoted(String call) {
    Matcher matcher = QUOTED.matcher(call);
    return matcher.find() ? matcher.group(1) : "";
  }

  @Override
  public void close() {
    nodes.close();
    occupied.close();
  }
}
