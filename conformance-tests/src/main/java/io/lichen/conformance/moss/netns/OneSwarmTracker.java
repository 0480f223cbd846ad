// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.netns;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * An HTTP tracker in a process of its own that names one peer to whoever asks: the only way to give
 * an era A native an address that it dials over UDP. Prints its port; ends with its input.
 */
public final class OneSwarmTracker {
  private OneSwarmTracker() {}

  /** Takes the peer's IPv4 address and port. */
  public static void main(String[] args) throws IOException {
    byte[] answer = answer(InetAddress.ofLiteral(args[0]), Integer.parseInt(args[1]));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/announce",
        exchange -> {
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    System.out.println(server.getAddress().getPort());
    while (System.in.read() >= 0) {
      // Whoever started it says nothing; the end of the input is the sign to go.
    }
    server.stop(0);
  }

  /** Bencode: a dictionary with the interval and one compact peer. */
  private static byte[] answer(InetAddress address, int port) {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    answer.writeBytes("d8:intervali60e5:peers6:".getBytes(StandardCharsets.US_ASCII));
    answer.writeBytes(address.getAddress());
    answer.write(port >> 8);
    answer.write(port);
    answer.write('e');
    return answer.toByteArray();
  }
}
