// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import io.lichen.redex.Retention;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Tails, closing, skipping and sweeping of logs in memory. The recording names its cases and their
 * results; the calls between them stand here, in its order.
 */
final class ApiBehaviour implements VectorCheck {
  private static final long ALL = -1;
  private static final int OVERHEAD_BYTES = 12;

  @Override
  public ObjectNode answer(Vector vector) throws Exception {
    ObjectNode answer = Trees.object();
    ArrayNode cases = answer.putArray("cases");
    try (Redex redex = Redex.inMemory()) {
      tails(redex.open("tails", RedexConfig.inMemory()), cases);
      skips(redex.open("skips", RedexConfig.inMemory()), cases);
      sweeps(
          redex.open(
              "sweeps", RedexConfig.inMemory().withRetention(Retention.ALL.withMaxRecords(2))),
          cases);
      budget(redex.open("inline/ff", RedexConfig.inMemory()), (byte) 0xff, 1000, cases);
      budget(redex.open("inline/00", RedexConfig.inMemory()), (byte) 0, 36, cases);
    }
    return answer;
  }

  private static void tails(RedexFile log, ArrayNode cases) throws Exception {
    append(log, 3);
    RedexTail unread = log.tail(1);
    items(cases, unread);
    append(log, 3);
    items(cases, unread);
    append(log, 5);
    items(cases, unread);
    items(cases, log.tail(6));
    RedexTail holding = log.tail(7);
    items(cases, holding);
    RedexTail full = log.tail(7);
    RedexTail ahead = log.tail(13);
    append(log, 3);
    items(cases, ahead);
    log.close();
    items(cases, ahead);
    items(cases, holding);
    items(cases, full);
    closed(log, cases);
  }

  private static void closed(RedexFile log, ArrayNode cases) throws Exception {
    result(cases, () -> log.append(new byte[1]));
    result(cases, () -> log.appendInline(new byte[8]));
    result(cases, () -> log.appendBatch(List.of()));
    result(cases, () -> log.skipTo(99));
    seqs(cases, log.readRange(12, ALL));
    items(cases, log.tail(12));
    log.close();
    cases.addObject().put("ok", true);
  }

  private static void skips(RedexFile log, ArrayNode cases) throws Exception {
    append(log, 3);
    for (long target : new long[] {2, 3, 10}) {
      result(cases, () -> log.skipTo(target)).put("len", log.size()).put("next_seq", log.nextSeq());
    }
    long seq = log.append("ten".getBytes(UTF_8));
    ObjectNode appended = cases.addObject();
    appended.putObject("result").put("seq", seq);
    appended.set("read_all", records(log));
    items(cases, log.tail(0));
  }

  private static void sweeps(RedexFile log, ArrayNode cases) {
    for (int i = 0; i < 5; i++) {
      log.append(new byte[] {(byte) i, (byte) i});
    }
    cases.addObject().put("len", log.size());
    log.sweepRetention();
    cases.addObject().put("len", log.size()).set("read_all", records(log));
  }

  private static void budget(RedexFile log, byte octet, long budgetBytes, ArrayNode cases) {
    byte[] payload = new byte[8];
    Arrays.fill(payload, octet);
    for (int i = 0; i < 5; i++) {
      log.appendInline(payload);
    }
    seqs(cases, log.readRange(0, 5, budgetBytes, OVERHEAD_BYTES));
  }

  private static void append(RedexFile log, int count) {
    for (int i = 0; i < count; i++) {
      log.append(new byte[] {(byte) i});
    }
  }

  private static void items(ArrayNode cases, RedexTail tail) throws InterruptedException {
    cases.addObject().set("items", LogCalls.items(tail, ArrayNode::add));
  }

  private static ObjectNode result(ArrayNode cases, Runnable call) {
    ObjectNode answer = cases.addObject();
    ObjectNode result = answer.putObject("result");
    try {
      call.run();
      result.put("ok", true);
    } catch (RedexException e) {
      result.put("error", LogCalls.name(e.error()));
    }
    return answer;
  }

  private static void seqs(ArrayNode cases, List<RedexRecord> records) {
    ArrayNode seqs = cases.addObject().putArray("seqs");
    records.forEach(record -> seqs.add(record.seq()));
  }

  private static ArrayNode records(RedexFile log) {
    ArrayNode all = Trees.object().putArray("all");
    for (RedexRecord record : log.readRange(0, ALL)) {
      all.addObject()
          .put("checksum", record.checksum())
          .put("inline", record.inline())
          .put("len", record.payload().length)
          .put("payload", Base64.getEncoder().encodeToString(record.payload()))
          .put("seq", record.seq());
    }
    return all;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    ObjectNode expected = Trees.object();
    ArrayNode cases = expected.putArray("cases");
    for (JsonNode each : vector.inputs().path("cases")) {
      ObjectNode one =
          cases
              .addObject()
              .setAll(Trees.members(each, "items", "len", "next_seq", "ok", "result", "seqs"));
      if (each.has("read_all")) {
        ArrayNode all = one.putArray("read_all");
        each.path("read_all")
            .forEach(
                record ->
                    all.add(Trees.members(record, "checksum", "inline", "len", "payload", "seq")));
      }
    }
    return expected;
  }

  @Override
  public List<Deviation> deviations(Vector vector) {
    return OnPurpose.of(vector.kind());
  }
}
