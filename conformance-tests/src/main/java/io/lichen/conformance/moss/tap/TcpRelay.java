// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.tap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Carries connections and notes the first octet that each dialer sent. */
final class TcpRelay implements AutoCloseable {
  private final ServerSocket server;
  private final IntConsumer firstOctet;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile @Nullable InetSocketAddress target;

  TcpRelay(ServerSocket server, IntConsumer firstOctet) {
    this.server = server;
    this.firstOctet = firstOctet;
    Thread.ofVirtual().start(this::accept);
  }

  void target(@Nullable InetSocketAddress address) {
    target = address;
  }

  @Override
  public void close() {
    closeQuietly(server);
    sockets.forEach(TcpRelay::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket dialer = server.accept();
        Thread.ofVirtual().start(() -> carry(dialer));
      } catch (IOException e) {
        // Closed, or a dialer that was gone before it was accepted.
      }
    }
  }

  private void carry(Socket dialer) {
    InetSocketAddress to = target;
    Socket listener = new Socket();
    sockets.add(dialer);
    sockets.add(listener);
    try {
      if (to == null) {
        return;
      }
      listener.connect(to, 2_000);
      dialer.setTcpNoDelay(true);
      listener.setTcpNoDelay(true);
      Thread.ofVirtual().start(() -> pump(listener, dialer, false));
      pump(dialer, listener, true);
    } catch (IOException e) {
      // The listener is not there: the dialer sees its connection end.
    } finally {
      closeBoth(dialer, listener);
    }
  }

  private void pump(Socket from, Socket to, boolean dialing) {
    byte[] block = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      boolean first = dialing;
      for (int count = in.read(block); count >= 0; count = in.read(block)) {
        if (first && count > 0) {
          firstOctet.accept(block[0]);
          first = false;
        }
        out.write(block, 0, count);
      }
    } catch (IOException e) {
      // One side ended: so does the other.
    } finally {
      closeBoth(from, to);
    }
  }

  private void closeBoth(Socket one, Socket other) {
    closeQuietly(one);
    closeQuietly(other);
    sockets.remove(one);
    sockets.remove(other);
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // Nothing more can be done for it.
    }
  }
}
