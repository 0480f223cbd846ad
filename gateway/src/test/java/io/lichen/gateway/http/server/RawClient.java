// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A client that sends what it is told, byte by byte, and reads responses strictly. */
final class RawClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Socket socket;
  private final InputStream in;

  /** A response as it came. */
  record Reply(String statusLine, List<String> headers, byte[] body) {
    int status() {
      return Integer.parseInt(statusLine.split(" ", -1)[1]);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The only value of a field, or the empty string. */
    String header(String name) {
      List<String> values = all(name);
      return values.isEmpty() ? "" : values.getFirst();
    }

    List<String> all(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }
  }

  RawClient(InetSocketAddress server) throws IOException {
    socket = new Socket();
    // Small: a client that stops reading is noticed early.
    socket.setReceiveBufferSize(64 * 1024);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) PATIENCE.toMillis());
    socket.connect(server);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String latin1) throws IOException {
    return send(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Nothing more will be sent. */
  RawClient endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Asks for a path and reads the response. */
  Reply get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").read();
  }

  /** The next response, its body by length or in chunks. */
  Reply read() throws IOException {
    return read(false);
  }

  /** A response whose body is not sent. */
  Reply readHead() throws IOException {
    return read(true);
  }

  private Reply read(boolean headOnly) throws IOException {
    String status = line();
    List<String> headers = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      headers.add(line);
    }
    Reply head = new Reply(status, headers, new byte[0]);
    if (headOnly) {
      return head;
    }
    if (head.header("Transfer-Encoding").equals("chunked")) {
      return new Reply(status, headers, chunks());
    }
    String length = head.header("Content-Length");
    return new Reply(
        status, headers, length.isEmpty() ? new byte[0] : bytes(Integer.parseInt(length)));
  }

  /** A line without its end, which is CR LF. */
  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = next(); b != '\n'; b = next()) {
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IOException("a line without CR: " + text);
    }
    return text.substring(0, text.length() - 1);
  }

  byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    return bytes;
  }

  int next() throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException();
    }
    return b;
  }

  /** One chunk; empty at the end. */
  byte[] chunk() throws IOException {
    int size = Integer.parseInt(line(), 16);
    byte[] bytes = bytes(size);
    if (!line().isEmpty()) {
      throw new IOException("a chunk without end");
    }
    return bytes;
  }

  /** Everything until the server closes. */
  byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
      body.write(chunk);
    }
    return body.toByteArray();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
