// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A network interface whose wire ends in this process: what the kernel routes to it comes to a
 * function, and what that returns comes back out of the interface.
 */
public final class Tun implements AutoCloseable {
  private static final int READ_WRITE = 2;
  private static final long TUNSETIFF = 0x4004_54ca;
  private static final int IFREQ_BYTES = 40;
  private static final int FLAGS_OFFSET = 16;
  private static final short TUN_WITHOUT_HEADER = 0x1001;
  private static final int MAX_PACKET_BYTES = 65_536;
  private static final MethodHandle IOCTL =
      Libc.function(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          Linker.Option.firstVariadicArg(2));

  private final String namespace;
  private final String name;

  private Tun(String namespace, String name) {
    this.namespace = namespace;
    this.name = name;
  }

  /**
   * Makes one in a namespace.
   *
   * @param translate called on one thread with each packet, whose array is its own; returns the
   *     packet to send, or {@code null} for none
   */
  public static Tun open(
      String namespace, String name, UnaryOperator<byte @Nullable []> translate) {
    int file = InNamespace.call(namespace, () -> open(name));
    Thread.ofPlatform().daemon(true).name("tun-" + namespace).start(() -> run(file, translate));
    return new Tun(namespace, name);
  }

  /** Removes it; the file would keep the namespace alive. */
  @Override
  public void close() {
    Commands.succeeds("ip", "-n", namespace, "link", "delete", name);
  }

  private static int open(String name) {
    int file = Libc.open("/dev/net/tun", READ_WRITE);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(IFREQ_BYTES, Long.BYTES);
      request.setString(0, name);
      request.set(ValueLayout.JAVA_SHORT, FLAGS_OFFSET, TUN_WITHOUT_HEADER);
      if (file < 0 || (int) IOCTL.invokeExact(file, TUNSETIFF, request) != 0) {
        throw new IllegalStateException("no tun device");
      }
      return file;
    } catch (Throwable e) {
      Libc.close(file);
      throw Libc.failed(e);
    }
  }

  private static void run(int file, UnaryOperator<byte @Nullable []> translate) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(MAX_PACKET_BYTES);
      // Reading fails when the interface is removed.
      for (long read = Libc.read(file, buffer); read > 0; read = Libc.read(file, buffer)) {
        byte[] packet = translate.apply(buffer.asSlice(0, read).toArray(ValueLayout.JAVA_BYTE));
        if (packet != null) {
          MemorySegment.copy(packet, 0, buffer, ValueLayout.JAVA_BYTE, 0, packet.length);
          Libc.write(file, buffer.asSlice(0, packet.length));
        }
      }
    } finally {
      Libc.close(file);
    }
  }
}
