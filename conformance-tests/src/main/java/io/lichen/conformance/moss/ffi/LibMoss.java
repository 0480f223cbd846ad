// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss.ffi;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A loaded libmoss, either era: the functions that both have, and the rooms of era C. Thread-safe
 * as the library is. Return codes are those of the native API (docs/wire/moss-mesh.md, "Return
 * codes"); a handle is positive, a negative one is a code.
 */
public final class LibMoss {
  private static final int PSK_BYTES = 32;
  private static final FunctionDescriptor HANDLE = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
  private static final FunctionDescriptor HANDLE_POINTER =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS);

  private final SymbolLookup symbols;
  private final Linker linker = Linker.nativeLinker();
  private final MossCallbacks callbacks = new MossCallbacks(linker);
  private final MethodHandle init;
  private final MethodHandle start;
  private final MethodHandle stop;
  private final MethodHandle subscribe;
  private final MethodHandle unsubscribe;
  private final MethodHandle connect;
  private final @Nullable MethodHandle connectToPeer;
  private final MethodHandle publish;
  private final MethodHandle setCallback;
  private final MethodHandle setEventCallback;
  private final MethodHandle setScoringCallback;
  private final MethodHandle setKeyStore;
  private final @Nullable MethodHandle relaySendTo;
  private final @Nullable MethodHandle setRelayCallback;
  private final MethodHandle getMeshInfo;
  private final @Nullable MethodHandle getNetworkStats;
  private final MethodHandle free;
  private final @Nullable LibMossRooms rooms;

  /**
   * Loads a library for the life of the process.
   *
   * @throws IllegalArgumentException if it cannot be loaded or is no libmoss
   */
  @SuppressWarnings("restricted") // Loading a native is what this class is for.
  public LibMoss(Path library) {
    this.symbols = SymbolLookup.libraryLookup(library, Arena.global());
    FunctionDescriptor threePointers = FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS);
    this.init = function("Moss_Init", threePointers);
    this.start = function("Moss_Start", HANDLE);
    this.stop = function("Moss_Stop", HANDLE);
    this.subscribe = function("Moss_Subscribe", HANDLE_POINTER);
    this.unsubscribe = function("Moss_Unsubscribe", HANDLE_POINTER);
    this.connect = function("Moss_Connect", HANDLE_POINTER);
    this.connectToPeer =
        symbols.find("Moss_ConnectToPeer").isPresent()
            ? function("Moss_ConnectToPeer", HANDLE_POINTER)
            : null;
    this.publish =
        function(
            "Moss_Publish", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT));
    this.setCallback = function("Moss_SetCallback", HANDLE_POINTER);
    this.setEventCallback = function("Moss_SetEventCallback", HANDLE_POINTER);
    this.setScoringCallback = function("Moss_SetScoringCallback", HANDLE_POINTER);
    this.setKeyStore =
        function("Moss_SetKeyStore", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    boolean relays = symbols.find("Moss_RelaySendTo").isPresent();
    this.relaySendTo =
        relays
            ? function(
                "Moss_RelaySendTo",
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT))
            : null;
    this.setRelayCallback = relays ? function("Moss_SetRelayCallback", HANDLE_POINTER) : null;
    FunctionDescriptor text = FunctionDescriptor.of(ADDRESS, JAVA_LONG);
    this.getMeshInfo = function("Moss_GetMeshInfo", text);
    this.getNetworkStats =
        symbols.find("Moss_GetNetworkStats").isPresent()
            ? function("Moss_GetNetworkStats", text)
            : null;
    this.free = function("Moss_Free", FunctionDescriptor.ofVoid(ADDRESS));
    this.rooms = symbols.find("Moss_JoinRoom").isPresent() ? new LibMossRooms(this) : null;
  }

  /** Makes a node and returns its handle, or a code. */
  public long init(String meshId, byte @Nullable [] psk, String configJson) {
    if (psk != null && psk.length != PSK_BYTES) {
      throw new IllegalArgumentException("a PSK has 32 bytes, not " + psk.length);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment key = psk == null ? MemorySegment.NULL : arena.allocateFrom(JAVA_BYTE, psk);
      return (long)
          init.invokeExact(arena.allocateFrom(meshId), key, arena.allocateFrom(configJson));
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Binds and runs. */
  public int start(long handle) {
    try {
      return (int) start.invokeExact(handle);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Ends the node; must not be called from a callback, it would wait for itself. */
  public int stop(long handle) {
    try {
      return (int) stop.invokeExact(handle);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Takes part in a channel. */
  public int subscribe(long handle, String channel) {
    return withString(subscribe, handle, channel);
  }

  /** Leaves a channel. */
  public int unsubscribe(long handle, String channel) {
    return withString(unsubscribe, handle, channel);
  }

  /** Dials {@code host:port} over TCP; blocks up to the handshake timeout. */
  public int connect(long handle, String address) {
    return withString(connect, handle, address);
  }

  /**
   * Wants a session with the peer of this key in hex, by whatever way; does not wait for it.
   *
   * @throws UnsupportedOperationException if it is of era A, which has no such function
   */
  public int connectToPeer(long handle, String peerId) {
    if (connectToPeer == null) {
      throw new UnsupportedOperationException("this native cannot dial by peer id");
    }
    return withString(connectToPeer, handle, peerId);
  }

  /** Publishes. */
  public int publish(long handle, String channel, byte[] data) {
    return withData(publish, handle, channel, data);
  }

  /** Sends to a node through a relay; blocks up to the handshake timeout. Not in era A. */
  public int relaySendTo(long handle, String peerId, byte[] data) {
    if (relaySendTo == null) {
      throw new IllegalStateException("this libmoss has no relays");
    }
    return withData(relaySendTo, handle, peerId, data);
  }

  private static int withData(MethodHandle function, long handle, String to, byte[] data) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment octets =
          data.length == 0 ? MemorySegment.NULL : arena.allocateFrom(JAVA_BYTE, data);
      return (int) function.invokeExact(handle, arena.allocateFrom(to), octets, data.length);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The state of the node as the library's own JSON. */
  public String meshInfo(long handle) {
    return text(getMeshInfo, handle);
  }

  /** The network statistics as the library's own JSON; an empty object from era A. */
  public String networkStats(long handle) {
    return getNetworkStats == null ? "{}" : text(getNetworkStats, handle);
  }

  private String text(MethodHandle function, long handle) {
    try {
      MemorySegment text = (MemorySegment) function.invokeExact(handle);
      if (text.equals(MemorySegment.NULL)) {
        throw new IllegalStateException("no such handle: " + handle);
      }
      String info = MossCallbacks.string(text);
      free.invokeExact(text);
      return info;
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** Who receives messages. */
  public int onMessage(long handle, MossCallbacks.Messages receiver) {
    return withPointer(setCallback, handle, callbacks.messages(receiver));
  }

  /** Who receives events. */
  public int onEvent(long handle, MossCallbacks.Events receiver) {
    return withPointer(setEventCallback, handle, callbacks.events(receiver));
  }

  /** Who receives what others send through relays; nobody in era A. */
  public int onRelay(long handle, MossCallbacks.Relayed receiver) {
    return setRelayCallback == null
        ? 0
        : withPointer(setRelayCallback, handle, callbacks.relayed(receiver));
  }

  /** Who decides about scores; asked often, on threads of the library, and must be quick. */
  public int onScore(long handle, MossCallbacks.Scores scores) {
    return withPointer(setScoringCallback, handle, callbacks.scores(scores));
  }

  /** Where identities are kept; for the whole process, and to be called before {@link #init}. */
  public void keyStore(MossCallbacks.Keys keys) {
    try {
      MemorySegment load = callbacks.load(keys);
      MemorySegment save = callbacks.save(keys);
      int code = (int) setKeyStore.invokeExact(load, save);
      if (code != 0) {
        throw new IllegalStateException("the key store was refused: " + code);
      }
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  /** The room functions; empty for a library of era A, which has none. */
  public Optional<LibMossRooms> rooms() {
    return Optional.ofNullable(rooms);
  }

  private static int withString(MethodHandle function, long handle, String text) {
    try (Arena arena = Arena.ofConfined()) {
      return withPointer(function, handle, arena.allocateFrom(text));
    }
  }

  private static int withPointer(MethodHandle function, long handle, MemorySegment pointer) {
    try {
      return (int) function.invokeExact(handle, pointer);
    } catch (Throwable e) {
      throw failed(e);
    }
  }

  @SuppressWarnings("restricted") // The descriptors above are the header's.
  MethodHandle function(String name, FunctionDescriptor descriptor) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(() -> new IllegalArgumentException("no libmoss: lacks " + name));
    return linker.downcallHandle(address, descriptor);
  }

  static RuntimeException failed(Throwable e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }
}
