// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The UPnP half of a {@link FakeRouter}. */
final class FakeIgd implements AutoCloseable {
  static final String DESCRIPTION =
      """
      <?xml version="1.0"?><root xmlns="urn:schemas-upnp-org:device-1-0"><device><serviceList>
      <service><serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>
      <controlURL>/control</controlURL></service></serviceList></device></root>
      """;

  /** Takes the place of an answer. */
  interface Trick {
    void handle(HttpExchange exchange) throws IOException;
  }

  private final FakeRouter router;
  private final DatagramSocket ssdp;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private volatile HttpServer http;
  private volatile boolean closed;
  volatile boolean hidden;
  volatile Trick description = exchange -> answer(exchange, 200, DESCRIPTION);
  volatile Trick control = this::control;

  FakeIgd(FakeRouter router) throws IOException {
    this.router = router;
    ssdp = new DatagramSocket(new InetSocketAddress(FakeRouter.LOOPBACK, 0));
    http = server();
    executor.execute(this::serve);
  }

  private HttpServer server() throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(FakeRouter.LOOPBACK, 0), 0);
    server.setExecutor(executor);
    server.createContext("/description.xml", exchange -> description.handle(exchange));
    server.createContext("/control", exchange -> control.handle(exchange));
    server.start();
    return server;
  }

  /** Its HTTP server is at another port from now on. */
  void move() throws IOException {
    http.stop(0);
    http = server();
  }

  InetSocketAddress ssdp() {
    return (InetSocketAddress) ssdp.getLocalSocketAddress();
  }

  private void serve() {
    DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
    try {
      while (!closed) {
        ssdp.receive(packet);
        if (!hidden) {
          byte[] answer =
              "HTTP/1.1 200 OK\r\nLOCATION: http://127.0.0.1:%d/description.xml\r\n\r\n"
                  .formatted(http.getAddress().getPort())
                  .getBytes(StandardCharsets.US_ASCII);
          ssdp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] octets = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, octets.length == 0 ? -1 : octets.length);
    exchange.getResponseBody().write(octets);
    exchange.close();
  }

  private void control(HttpExchange exchange) throws IOException {
    router.questions.incrementAndGet();
    String call = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String action = exchange.getRequestHeaders().getFirst("SOAPAction").replaceAll(".*#|\"", "");
    answer(exchange, 200, "<r>" + result(action, call) + "</r>");
  }

  private String result(String action, String call) {
    switch (action) {
      case "GetNATRSIPStatus" -> {
        return "<NewNATEnabled>1</NewNATEnabled>";
      }
      case "GetExternalIPAddress" -> {
        return "<NewExternalIPAddress>%s</NewExternalIPAddress>"
            .formatted(router.external.getHostAddress());
      }
      case "AddPortMapping" -> grant(call, Long.parseLong(argument(call, "NewLeaseDuration")));
      case "DeletePortMapping" -> grant(call, 0);
      default -> throw new AssertionError(action);
    }
    return "";
  }

  private void grant(String call, long seconds) {
    int port = Integer.parseInt(argument(call, "NewExternalPort"));
    router.grant(argument(call, "NewProtocol"), (short) port, seconds);
  }

  private static String argument(String call, String name) {
    Matcher found = Pattern.compile("<" + name + ">([^<]*)<").matcher(call);
    return found.find() ? found.group(1) : "";
  }

  @Override
  public void close() {
    closed = true;
    ssdp.close();
    http.stop(0);
    executor.shutdownNow();
  }
}
