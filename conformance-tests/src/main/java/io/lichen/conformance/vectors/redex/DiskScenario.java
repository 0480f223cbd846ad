// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.Retention;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Writes a log as the native did, damages it, opens it twice, and holds every file against his. */
final class DiskScenario implements VectorCheck {
  private static final String[] NUMBERS = {"len", "next_seq", "lowest_retained_seq"};

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    try (Scratch scratch = Scratch.make()) {
      return answer(vector.inputs(), scratch.path());
    }
  }

  private static ObjectNode answer(JsonNode in, Path base) throws Exception {
    Path written = Files.createDirectory(base.resolve("written"));
    Path read = Files.createDirectory(base.resolve("read"));
    ObjectNode answer = Trees.object();
    String channel = Trees.text(in, "channel");
    try (Redex redex = Redex.open(written)) {
      LogCalls calls = new LogCalls(redex.open(channel, config(in.path("write_config"))));
      answer.set("ops", calls.all(in.path("ops")));
    }
    answer.set("written", new LogTree(written).determined());
    LogTree tree = new LogTree(read);
    tree.put(in.path("input").isNull() ? in.path("written") : in.path("input"));
    RedexConfig config = config(in.path("open_config"));
    for (String open : new String[] {"expect_first_open", "expect_second_open"}) {
      ObjectNode opened = answer.putObject(open);
      try (Redex redex = Redex.open(read)) {
        open(redex.open(channel, config), in.path(open), tree, opened);
      }
      opened.set("after_close", tree.determined());
    }
    return answer;
  }

  private static void open(RedexFile log, JsonNode recorded, LogTree tree, ObjectNode opened)
      throws Exception {
    LogCalls calls = new LogCalls(log);
    opened.set("after_open", tree.determinedWhileOpen(recorded.path("after_open")));
    opened.put("len", log.size());
    opened.put("next_seq", log.nextSeq());
    if (log.firstSeq().isPresent()) {
      opened.put("lowest_retained_seq", log.firstSeq().getAsLong());
    } else {
      opened.putNull("lowest_retained_seq");
    }
    opened.set("read_all", calls.readAll());
    opened.set("tail_from_0", calls.tail(0));
    if (recorded.has("tail_from_lowest")) {
      opened.set("tail_from_lowest", calls.tail(log.firstSeq().orElse(0)));
    }
    if (recorded.has("then_ops")) {
      opened.set("then_ops", calls.all(recorded.path("then_ops")));
      opened.put("then_len", log.size());
      opened.put("then_next_seq", log.nextSeq());
      opened.set("then_read_all", calls.readAll());
    }
  }

  private static RedexConfig config(JsonNode config) {
    Retention retention = Retention.ALL;
    if (config.path("retention_max_events").isNumber()) {
      retention = retention.withMaxRecords(config.path("retention_max_events").asLong());
    }
    if (config.path("retention_max_bytes").isNumber()) {
      retention = retention.withMaxBytes(config.path("retention_max_bytes").asLong());
    }
    if (config.path("retention_max_age_ns").isNumber()) {
      retention =
          retention.withMaxAge(Duration.ofNanos(config.path("retention_max_age_ns").asLong()));
    }
    return RedexConfig.onDisk().withRetention(retention);
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode expected = Trees.object();
    expected.set("ops", results(in.path("ops")));
    expected.set("written", LogTree.determined(in.path("written")));
    for (String open : new String[] {"expect_first_open", "expect_second_open"}) {
      expected.set(open, opened(in.path(open)));
    }
    return expected;
  }

  private static ObjectNode opened(JsonNode recorded) {
    ObjectNode opened = Trees.members(recorded, NUMBERS);
    opened.setAll(Trees.members(recorded, "then_len", "then_next_seq"));
    opened.set("after_open", LogTree.determined(recorded.path("after_open")));
    opened.set("after_close", LogTree.determined(recorded.path("after_close")));
    opened.set("read_all", records(recorded.path("read_all")));
    for (String tail : new String[] {"tail_from_0", "tail_from_lowest"}) {
      if (recorded.has(tail)) {
        opened.set(tail, recorded.path(tail).path("items"));
      }
    }
    if (recorded.has("then_ops")) {
      opened.set("then_ops", results(recorded.path("then_ops")));
      opened.set("then_read_all", records(recorded.path("then_read_all")));
    }
    return opened;
  }

  private static ArrayNode results(JsonNode ops) {
    ArrayNode results = Trees.object().putArray("results");
    ops.forEach(op -> results.add(op.path("result")));
    return results;
  }

  private static ArrayNode records(JsonNode recorded) {
    ArrayNode records = Trees.object().putArray("records");
    recorded.forEach(
        record -> records.add(Trees.members(record, "checksum", "inline", "payload", "seq")));
    return records;
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return OnPurpose.of(vector.name());
  }
}
