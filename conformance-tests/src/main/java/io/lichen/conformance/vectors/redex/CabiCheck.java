// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.redex.LogConfig;
import io.lichen.core.net.redex.RecordJson;
import io.lichen.core.net.redex.RedexCode;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the C API says of logs: codes, configurations, names, and records as JSON. */
final class CabiCheck implements VectorCheck {
  private static final String IN_MEMORY = "open_file_config_on_memory_manager";
  private static final String ON_DISK = "open_file_config_on_disk_manager";
  private static final String REPLICATED = "open_file_config_with_replication_enabled";
  private static final String NAMES = "channel_names";

  /** A call that may fail. */
  private interface Call {
    void run();
  }

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    JsonNode in = vector.inputs();
    ObjectNode answer = Trees.object();
    answer.set("codes", codes());
    try (Redex redex = Redex.inMemory()) {
      answer.set(IN_MEMORY, configs(redex, in.path(IN_MEMORY), "heap_manager_rc"));
      answer.set(NAMES, names(redex, in.path(NAMES)));
      answer.set("file", file(in.path("file"), redex.open("file", RedexConfig.inMemory())));
    }
    try (Scratch scratch = Scratch.make();
        Redex redex = Redex.open(scratch.path())) {
      answer.set(ON_DISK, configs(redex, in.path(ON_DISK), "rc"));
    }
    answer.set(REPLICATED, replicated(in.path(REPLICATED)));
    return answer;
  }

  private static ObjectNode codes() {
    ObjectNode codes = Trees.object();
    Arrays.stream(RedexCode.values())
        .filter(code -> code != RedexCode.OK)
        .forEach(code -> codes.put(code.name(), code.code()));
    return codes;
  }

  private static int rc(Call call) {
    try {
      call.run();
      return RedexCode.OK.code();
    } catch (RuntimeException e) {
      return RedexCode.of(e).code();
    }
  }

  private static ArrayNode configs(Redex redex, JsonNode rows, String member) {
    ArrayNode answers = Trees.object().putArray("rows");
    for (JsonNode row : rows) {
      String name = "config/" + answers.size();
      answers.addObject().put(member, rc(() -> redex.open(name, config(row).local())));
    }
    return answers;
  }

  /** A missing configuration stands for the defaults. */
  private static LogConfig config(JsonNode row) {
    JsonNode json = row.path("config_json");
    return json.isNull() ? LogConfig.defaults() : LogConfig.parse(json.textValue());
  }

  private static ArrayNode replicated(JsonNode rows) {
    ArrayNode answers = Trees.object().putArray("rows");
    for (JsonNode row : rows) {
      String json = Trees.text(row, "config_json").replace("\"<own node id>\"", "1");
      answers
          .addObject()
          .put("rc", rc(() -> Objects.requireNonNull(LogConfig.parse(json).replication())));
    }
    return answers;
  }

  private static ArrayNode names(Redex redex, JsonNode rows) {
    ArrayNode answers = Trees.object().putArray("rows");
    for (JsonNode row : rows) {
      String name = Trees.text(row, "name");
      answers.addObject().put("rc", rc(() -> redex.open(name, RedexConfig.inMemory())));
    }
    return answers;
  }

  private static ObjectNode file(JsonNode in, RedexFile log) throws Exception {
    ObjectNode answer = Trees.object();
    ArrayNode appends = answer.putArray("appends");
    for (JsonNode append : in.path("appends")) {
      long seq = log.append(Trees.hex(append, "payload_hex"));
      appends.addObject().putArray("rc_seq").add(RedexCode.OK.code()).add(seq);
    }
    ArrayNode reads = answer.putArray("read_range");
    for (JsonNode read : in.path("read_range")) {
      List<RedexRecord> records =
          log.readRange(read.path("start").asLong(), read.path("end").asLong());
      reads.addObject().put("rc", RedexCode.OK.code()).put("json", RecordJson.of(records));
    }
    try (RedexTail tail = log.tail(2)) {
      ArrayNode items = answer.putArray("tail_from_2");
      in.path("tail_from_2").forEach(item -> items.add(next(tail)));
      answer.set("after_close", closed(log, tail));
    }
    return answer;
  }

  /** A code, and a record or the emptiness that a caller in C gets. */
  private static ArrayNode next(RedexTail tail) {
    ArrayNode answer = Trees.object().putArray("next");
    try {
      @Nullable RedexRecord record = tail.next(Duration.ZERO);
      if (record != null) {
        return answer.add(RedexCode.OK.code()).add(RecordJson.of(record));
      }
      answer.add(RedexCode.ofNothing(tail).code());
      answer.addObject().put("ptr_null", true).put("len", 0);
      return answer;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ObjectNode closed(RedexFile log, RedexTail tail) {
    log.close();
    return Trees.object()
        .put("append_rc", rc(() -> log.append(new byte[1])))
        .put("tail_next", next(tail).path(0).asInt())
        .put("len", log.size())
        .put("read_range_rc", rc(() -> log.readRange(0, 1)))
        .put("sync_rc", rc(log::sync))
        .put("second_close_rc", rc(log::close));
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode expected = Trees.object();
    expected.set("codes", Trees.members(in.path("codes"), codesHere()));
    expected.set(IN_MEMORY, rows(in.path(IN_MEMORY), "heap_manager_rc"));
    expected.set(ON_DISK, rows(in.path(ON_DISK), "rc", "native"));
    expected.set(REPLICATED, rows(in.path(REPLICATED), "rc", "native"));
    expected.set(NAMES, rows(in.path(NAMES), "rc"));
    ObjectNode file = expected.putObject("file");
    file.set("appends", rows(in.path("file").path("appends"), "rc_seq"));
    file.set("read_range", rows(in.path("file").path("read_range"), "rc", "json"));
    file.setAll(Trees.members(in.path("file"), "tail_from_2", "after_close"));
    return expected;
  }

  private static String[] codesHere() {
    return Arrays.stream(RedexCode.values()).map(RedexCode::name).toArray(String[]::new);
  }

  private static ArrayNode rows(JsonNode recorded, String... members) {
    ArrayNode rows = Trees.object().putArray("rows");
    recorded.forEach(row -> rows.add(Trees.members(row, members)));
    return rows;
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return OnPurpose.of(vector.kind());
  }
}
