// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.ffi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The room functions of a libmoss of era C; thread-safe as the library is. */
public final class LibMossRooms {
  private final MethodHandle join;
  private final MethodHandle leave;
  private final MethodHandle subscribe;
  private final MethodHandle unsubscribe;
  private final MethodHandle publish;

  LibMossRooms(LibMoss library) {
    FunctionDescriptor roomAndChannel =
        FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
    this.join =
        library.function(
            "Moss_JoinRoom",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT));
    this.leave =
        library.function("Moss_LeaveRoom", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
    this.subscribe = library.function("Moss_SubscribeRoom", roomAndChannel);
    this.unsubscribe = library.function("Moss_UnsubscribeRoom", roomAndChannel);
    this.publish =
        library.function(
            "Moss_PublishRoom",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  }

  /** Joins a room; an empty secret is none. */
  public int join(long handle, String room, byte[] psk) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(room);
      return (int) join.invokeExact(handle, name, octets(arena, psk), psk.length);
    } catch (Throwable e) {
      throw LibMoss.failed(e);
    }
  }

  /** Leaves a room. */
  public int leave(long handle, String room) {
    try (Arena arena = Arena.ofConfined()) {
      return (int) leave.invokeExact(handle, arena.allocateFrom(room));
    } catch (Throwable e) {
      throw LibMoss.failed(e);
    }
  }

  /** Takes part in a channel of a room. */
  public int subscribe(long handle, String room, String channel) {
    return withChannel(subscribe, handle, room, channel);
  }

  /** Leaves a channel of a room. */
  public int unsubscribe(long handle, String room, String channel) {
    return withChannel(unsubscribe, handle, room, channel);
  }

  /** Publishes to a channel of a room. */
  public int publish(long handle, String room, String channel, byte[] data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(room);
      MemorySegment inRoom = arena.allocateFrom(channel);
      return (int) publish.invokeExact(handle, name, inRoom, octets(arena, data), data.length);
    } catch (Throwable e) {
      throw LibMoss.failed(e);
    }
  }

  private static int withChannel(MethodHandle function, long handle, String room, String channel) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocateFrom(room);
      return (int) function.invokeExact(handle, name, arena.allocateFrom(channel));
    } catch (Throwable e) {
      throw LibMoss.failed(e);
    }
  }

  private static MemorySegment octets(Arena arena, byte[] octets) {
    return octets.length == 0 ? MemorySegment.NULL : arena.allocateFrom(JAVA_BYTE, octets);
  }
}
