// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lichen.conformance.moss.ffi.LibMoss;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.transport.moss.Era;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A libmoss node of era C, in its default or its high-throughput configuration. */
final class NativeDriver implements MeshDriver {
  private final LibMoss library;
  private final long handle;

  private NativeDriver(LibMoss library, boolean highThroughput, Receiver receiver) {
    this.library = library;
    this.handle =
        library.init(
            "bench",
            null,
            "{\"trackers\":[],\"dht_enabled\":false,\"lan_discovery_enabled\":false,"
                + "\"telemetry\":{\"enabled\":false},\"transport\":{\"high_throughput\":"
                + highThroughput
                + "}}");
    check("init", handle);
    check(
        "callback",
        library.onMessage(
            handle,
            (channel, sender, data) -> {
              ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
              receiver.onMessage(bytes.getLong(0), data.length);
            }));
    check("start", library.start(handle));
  }

  /** Loads the library and makes nodes of one configuration. */
  static Factory factory(boolean highThroughput) {
    LibMoss library =
        new LibMoss(
            MossLibraries.find(Era.C)
                .orElseThrow(
                    () ->
                        new IllegalStateException(
                            "no libmoss: name it with " + MossLibraries.howToName(Era.C))));
    return receiver -> new NativeDriver(library, highThroughput, receiver);
  }

  @Override
  public int port() {
    try {
      return new ObjectMapper().readTree(library.meshInfo(handle)).path("listen_port").asInt();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void connect(String address) {
    check("connect", library.connect(handle, address));
  }

  @Override
  public void subscribe(String channel) {
    check("subscribe", library.subscribe(handle, channel));
  }

  @Override
  public boolean publish(String channel, byte[] data) {
    return library.publish(handle, channel, data) == 0;
  }

  @Override
  public void close() {
    check("stop", library.stop(handle));
  }

  private static void check(String what, long code) {
    if (code < 0) {
      throw new IllegalStateException("libmoss answered " + code + " to " + what);
    }
  }
}
