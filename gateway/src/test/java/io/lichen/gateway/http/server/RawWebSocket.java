// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends frames as it is told, also wrong ones. */
final class RawWebSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int WHOLE = 0x80;
  private static final int MASKED = 0x80;
  private static final byte[] MASK = {1, 2, 3, 4};

  private final RawClient client;

  /** A frame as it came. */
  record Frame(int opcode, byte[] data) {
    /** What a close frame tells. */
    int closeCode() {
      assertEquals(CLOSE, opcode);
      return ByteBuffer.wrap(data).getShort();
    }

    String text() {
      return new String(data, StandardCharsets.UTF_8);
    }
  }

  RawWebSocket(TestServer server, String path) throws IOException {
    this(server.raw(), path);
  }

  RawWebSocket(RawClient client, String path) throws IOException {
    this.client = client;
    client.send("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\n");
    client.send("Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\n");
    client.send("Sec-WebSocket-Extensions: permessage-deflate\r\n");
    client.send("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    RawClient.Reply reply = client.readHead();
    assertEquals(101, reply.status());
    // The example of RFC 6455 section 1.3.
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", reply.header("Sec-WebSocket-Accept"));
    assertEquals("", reply.header("Sec-WebSocket-Extensions"));
  }

  RawWebSocket text(String text) throws IOException {
    return frame(WHOLE | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A masked frame with this first byte. */
  RawWebSocket frame(int first, byte... data) throws IOException {
    client.send(frameBytes(first, data));
    return this;
  }

  static byte[] frameBytes(int first, byte... data) {
    ByteBuffer frame = ByteBuffer.allocate(14 + data.length).put((byte) first);
    if (data.length < 126) {
      frame.put((byte) (MASKED | data.length));
    } else if (data.length < 65536) {
      frame.put((byte) (MASKED | 126)).putShort((short) data.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(data.length);
    }
    frame.put(MASK);
    for (int i = 0; i < data.length; i++) {
      frame.put((byte) (data[i] ^ MASK[i & 3]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  /** Bytes that may be no frame. */
  RawWebSocket bytes(int... bytes) throws IOException {
    byte[] data = new byte[bytes.length];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) bytes[i];
    }
    client.send(data);
    return this;
  }

  /** The next frame of the server, which must be whole and not masked. */
  Frame read() throws IOException {
    int first = client.next();
    assertEquals(WHOLE, first & 0xF0);
    int length = client.next();
    if (length == 126) {
      length = client.next() << 8 | client.next();
    } else if (length == 127) {
      length = (int) ByteBuffer.wrap(client.bytes(8)).getLong();
    }
    return new Frame(first & 0x0F, client.bytes(length));
  }

  /** The next frame that is no ping. */
  Frame readData() throws IOException {
    Frame frame = read();
    while (frame.opcode == PING) {
      frame = read();
    }
    return frame;
  }

  RawClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
