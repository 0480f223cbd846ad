// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.ffi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * C function pointers to Java receivers. They live as long as the process. What a receiver throws
 * is printed and goes no further: an exception must not cross into the library, it would end the
 * process.
 */
public final class MossCallbacks {
  private static final int SENDER_BYTES = 32;
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final Linker linker;

  MossCallbacks(Linker linker) {
    this.linker = linker;
  }

  /** Receives messages, on threads of the library. */
  @FunctionalInterface
  public interface Messages {
    /** A message of a subscribed channel; the arrays are the receiver's to keep. */
    void message(String channel, byte[] sender, byte[] data);
  }

  /** Receives what comes through relays, on one thread of the library. */
  @FunctionalInterface
  public interface Relayed {
    /** Data of another node's application; the arrays are the receiver's to keep. */
    void relayed(byte[] sender, byte[] data);
  }

  /** Receives events, on one thread of the library. */
  @FunctionalInterface
  public interface Events {
    /** An event with its JSON detail. */
    void event(int type, String detailJson);
  }

  /** Decides what counts as a peer's score, on threads of the library. */
  @FunctionalInterface
  public interface Scores {
    /** The score that shall count, given the library's own. */
    double score(byte[] peer, double base);
  }

  /** Keeps the identity blob. */
  public interface Keys {
    /** What was saved, empty if nothing was. */
    byte[] load();

    /** Keeps a blob. */
    void save(byte[] blob);
  }

  MemorySegment messages(Messages receiver) {
    MethodType type =
        MethodType.methodType(
            void.class, MemorySegment.class, MemorySegment.class, MemorySegment.class, int.class);
    return stub(
        new OnMessage(receiver),
        type,
        FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  }

  MemorySegment relayed(Relayed receiver) {
    MethodType type =
        MethodType.methodType(void.class, MemorySegment.class, MemorySegment.class, int.class);
    return stub(
        new OnRelayed(receiver), type, FunctionDescriptor.ofVoid(ADDRESS, ADDRESS, JAVA_INT));
  }

  MemorySegment events(Events receiver) {
    MethodType type = MethodType.methodType(void.class, int.class, MemorySegment.class);
    return stub(new OnEvent(receiver), type, FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS));
  }

  MemorySegment scores(Scores scores) {
    MethodType type = MethodType.methodType(double.class, MemorySegment.class, double.class);
    return stub(
        new OnScore(scores), type, FunctionDescriptor.of(JAVA_DOUBLE, ADDRESS, JAVA_DOUBLE));
  }

  MemorySegment load(Keys keys) {
    MethodType type = MethodType.methodType(int.class, MemorySegment.class, int.class);
    return stub(new OnLoad(keys), type, FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  }

  MemorySegment save(Keys keys) {
    MethodType type = MethodType.methodType(void.class, MemorySegment.class, int.class);
    return stub(new OnSave(keys), type, FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT));
  }

  @SuppressWarnings("restricted") // The descriptors above are the header's.
  private MemorySegment stub(Object target, MethodType type, FunctionDescriptor descriptor) {
    try {
      MethodHandle call = LOOKUP.bind(target, "call", type);
      return linker.upcallStub(call, descriptor, Arena.global());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no method call" + type, e);
    }
  }

  /** A NUL-terminated string of the library. */
  @SuppressWarnings("restricted") // C strings carry no length.
  static String string(MemorySegment pointer) {
    return pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }

  @SuppressWarnings("restricted") // The length comes with the pointer.
  private static byte[] octets(MemorySegment pointer, int length) {
    return length == 0 ? new byte[0] : pointer.reinterpret(length).toArray(JAVA_BYTE);
  }

  private static void report(RuntimeException e) {
    System.err.println("a callback failed: " + e);
  }

  private record OnMessage(Messages receiver) {
    @SuppressWarnings("unused") // Called through its method handle.
    void call(MemorySegment channel, MemorySegment sender, MemorySegment data, int length) {
      try {
        receiver.message(string(channel), octets(sender, SENDER_BYTES), octets(data, length));
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }

  private record OnRelayed(Relayed receiver) {
    @SuppressWarnings("unused") // Called through its method handle.
    void call(MemorySegment sender, MemorySegment data, int length) {
      try {
        receiver.relayed(octets(sender, SENDER_BYTES), octets(data, length));
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }

  private record OnEvent(Events receiver) {
    @SuppressWarnings("unused") // Called through its method handle.
    void call(int type, MemorySegment detail) {
      try {
        receiver.event(type, string(detail));
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }

  private record OnScore(Scores scores) {
    @SuppressWarnings("unused") // Called through its method handle.
    double call(MemorySegment peer, double base) {
      try {
        return scores.score(octets(peer, SENDER_BYTES), base);
      } catch (RuntimeException e) {
        report(e);
        return base;
      }
    }
  }

  private record OnLoad(Keys keys) {
    @SuppressWarnings({"unused", "restricted"}) // Called through its handle; capacity is given.
    int call(MemorySegment buffer, int capacity) {
      try {
        byte[] blob = keys.load();
        if (capacity > 0 && blob.length <= capacity) {
          MemorySegment.copy(blob, 0, buffer.reinterpret(capacity), JAVA_BYTE, 0, blob.length);
        }
        return blob.length;
      } catch (RuntimeException e) {
        report(e);
        return 0;
      }
    }
  }

  private record OnSave(Keys keys) {
    @SuppressWarnings("unused") // Called through its method handle.
    void call(MemorySegment data, int length) {
      try {
        keys.save(octets(data, length));
      } catch (RuntimeException e) {
        report(e);
      }
    }
  }
}
