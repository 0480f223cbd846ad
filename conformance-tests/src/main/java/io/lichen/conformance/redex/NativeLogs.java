// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.LineChild;
import io.lichen.conformance.net.NativePackage;
import io.lichen.conformance.net.NativeVersion;
import io.lichen.redex.RedexRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The native's logs, in a child process. */
public final class NativeLogs implements AutoCloseable {
  private final Children children;
  private final LineChild child;

  /** Starts the child; its log goes to a folder. */
  public NativeLogs(NativeVersion version, Path folder) {
    this.children = new Children(folder);
    this.child = children.start("native-log", command(version), Map.of(), line -> {}, () -> {});
  }

  /** The command that starts such a child. */
  static List<String> command(NativeVersion version) {
    return List.of(
        NativePackage.python(version).orElseThrow().toString(),
        NativePackage.script("redex/native_log.py").toString());
  }

  /** Opens a log, makes calls, closes it; what was there before. */
  public List<RedexRecord> turn(Path directory, String name, List<LogCall> calls) {
    ObjectNode op = LineChild.op("turn").put("directory", directory.toString()).put("name", name);
    ArrayNode list = op.putArray("calls");
    calls.forEach(call -> call.addTo(list));
    List<RedexRecord> before = new ArrayList<>();
    for (JsonNode record : child.mustSucceed(op).path("before")) {
      before.add(record(record));
    }
    return before;
  }

  private static RedexRecord record(JsonNode record) {
    try {
      return new RedexRecord(
          record.path("seq").asLong(),
          record.path("data").binaryValue(),
          record.path("inline").asBoolean(),
          record.path("checksum").asInt(),
          0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    child.stop();
    children.close();
  }
}
