// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.netty;

import io.lichen.crypto.identity.Identity;
import io.lichen.transport.moss.handshake.Established;
import io.lichen.transport.moss.handshake.HandshakeContext;
import io.lichen.transport.moss.handshake.TcpHandshake;
import io.lichen.transport.moss.session.TcpFrameSealer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;

/** A client that does with its socket what no honest peer does. */
final class RawTcp implements AutoCloseable {
  private static final int PATIENCE_MS = 10_000;

  final Socket socket;
  final DataInputStream in;
  final OutputStream out;

  RawTcp(InetSocketAddress to) throws IOException {
    this(to, InetAddress.getLoopbackAddress());
  }

  RawTcp(InetSocketAddress to, InetAddress from) throws IOException {
    socket = new Socket();
    socket.bind(new InetSocketAddress(from, 0));
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(to, PATIENCE_MS);
    in = new DataInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Sends what it can; the other side may have had enough already. */
  void trySend(byte[] octets) {
    try {
      out.write(octets);
      out.flush();
    } catch (IOException e) {
      // Closed by the other side, which is for the test to find out by reading.
    }
  }

  /** How many octets come before the connection ends. */
  int octetsUntilClosed() {
    int count = 0;
    try {
      while (in.read() >= 0) {
        count++;
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not closed", e);
    } catch (IOException e) {
      // A reset is an end too.
    }
    return count;
  }

  /** Opens a session as an initiator with XX. */
  Established shakeHands(String mesh) throws IOException {
    SecureRandom random = new SecureRandom();
    HandshakeContext context = new HandshakeContext(mesh, null, Identity.generate(random), random);
    TcpHandshake handshake = TcpHandshake.initiator(context, null);
    out.write(handshake.begin());
    while (handshake.wanted() > 0) {
      byte[] octets = new byte[handshake.wanted()];
      in.readFully(octets);
      out.write(handshake.receive(octets, 0, octets.length));
    }
    Established established = handshake.established();
    if (established == null) {
      throw new AssertionError("no session");
    }
    return established;
  }

  static byte[] frame(TcpFrameSealer sealer, int stream, byte[] payload) {
    byte[] frame = new byte[payload.length + TcpFrameSealer.OVERHEAD_BYTES];
    sealer.seal(stream, payload, frame, 0);
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
