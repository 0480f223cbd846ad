// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.netns;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Files of the kernel that Java cannot ask for what they can. Linux. */
final class Libc {
  private static final MethodHandle OPEN =
      function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle READ =
      function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle WRITE =
      function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));

  private Libc() {}

  @SuppressWarnings("restricted") // Java has no calls for what this class is for.
  static MethodHandle function(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
  }

  /** Opens a file; its number, or a negative one. */
  static int open(String path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) OPEN.invokeExact(arena.allocateFrom(path), flags);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Closes one; nothing if the number is negative. */
  static void close(int file) {
    try {
      if (file >= 0) {
        int ignored = (int) CLOSE.invokeExact(file);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Waits for something to read; octets read, or less than 1. */
  static long read(int file, MemorySegment into) {
    try {
      return (long) READ.invokeExact(file, into, into.byteSize());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Writes; octets written, or less than 0. */
  static long write(int file, MemorySegment from) {
    try {
      return (long) WRITE.invokeExact(file, from, from.byteSize());
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  static RuntimeException failed(Throwable e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
