// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.child.Children;
import io.lichen.conformance.child.LineChild;
import io.lichen.conformance.net.NativeVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;

/** A child that appends to logs until it is killed, and what it said of that. */
public final class KilledWriter {
  private final AtomicLongArray nexts;
  private final CompletableFuture<Void> enough = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final LineChild child;
  private int left;

  private KilledWriter(Children children, List<String> command, int logs, int appends) {
    this.nexts = new AtomicLongArray(logs);
    this.left = appends;
    this.child =
        children.start("log-writer", command, Map.of(), this::heard, () -> end.complete(null));
  }

  /** Starts a {@link LogWriter}. */
  public static KilledWriter lichen(
      Children children, Path directory, List<String> names, int appends) {
    List<String> arguments = new ArrayList<>();
    arguments.add(LogWriter.class.getName());
    arguments.add(directory.toString());
    arguments.addAll(names);
    List<String> command = Children.java(arguments.toArray(String[]::new));
    return new KilledWriter(children, command, names.size(), appends);
  }

  /** Starts a native that does the same. */
  public static KilledWriter ofNative(
      NativeVersion version, Children children, Path directory, List<String> names, int appends) {
    KilledWriter writer =
        new KilledWriter(children, NativeLogs.command(version), names.size(), appends);
    ObjectNode op = LineChild.op("write").put("directory", directory.toString());
    ArrayNode list = op.putArray("names");
    names.forEach(list::add);
    var unused = writer.child.ask(op); // It never replies.
    return writer;
  }

  /** Called on one thread. */
  private void heard(JsonNode line) {
    nexts.set(line.path("log").asInt(), line.path("next").asLong());
    left--;
    if (left == 0) {
      enough.complete(null);
    }
  }

  /**
   * Kills it after so many appends; for each log the number after the last one that it said was
   * appended, 0 if it said none.
   */
  public List<Long> kill() {
    child.await(CompletableFuture.anyOf(enough, end), "appends");
    // Not through its process object, which would throw away what the child had said by then.
    ProcessHandle.of(child.pid()).ifPresent(ProcessHandle::destroyForcibly);
    child.await(end, "end");
    child.close();
    List<Long> said = new ArrayList<>();
    for (int i = 0; i < nexts.length(); i++) {
      said.add(nexts.get(i));
    }
    return said;
  }
}
