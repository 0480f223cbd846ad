// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The kernel's table of connections, which its NAT goes by. */
public final class Conntrack {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int NETLINK_NETFILTER = 12;
  private static final int CTNETLINK_DELETE = 1 << 8 | 2;
  private static final int REQUEST_AND_ACK = 5;
  private static final int MESSAGE_BYTES = 20;
  private static final int ANSWER_BYTES = 256;
  private static final int ERROR_OFFSET = 16;
  private static final MethodHandle SOCKET =
      Libc.function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SEND =
      Libc.function(
          "send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private Conntrack() {}

  /** Makes a namespace forget all connections. */
  public static void flush(String namespace) {
    InNamespace.call(
        namespace,
        () -> {
          flush();
          return null;
        });
  }

  private static void flush() {
    int socket = -1;
    try (Arena arena = Arena.ofConfined()) {
      socket = (int) SOCKET.invokeExact(AF_NETLINK, SOCK_RAW, NETLINK_NETFILTER);
      // Length, type and flags; no number, no sender; all families, version 0.
      MemorySegment message = arena.allocate(MESSAGE_BYTES, Integer.BYTES);
      message.set(JAVA_INT, 0, MESSAGE_BYTES);
      message.set(ValueLayout.JAVA_SHORT, 4, (short) CTNETLINK_DELETE);
      message.set(ValueLayout.JAVA_SHORT, 6, (short) REQUEST_AND_ACK);
      long sent = (long) SEND.invokeExact(socket, message, (long) MESSAGE_BYTES, 0);
      MemorySegment answer = arena.allocate(ANSWER_BYTES, Integer.BYTES);
      long read = Libc.read(socket, answer);
      if (sent != MESSAGE_BYTES
          || read <= ERROR_OFFSET
          || answer.get(JAVA_INT, ERROR_OFFSET) != 0) {
        throw new IllegalStateException("the table of connections was not flushed");
      }
    } catch (Throwable e) {
      throw Libc.failed(e);
    } finally {
      Libc.close(socket);
    }
  }
}
