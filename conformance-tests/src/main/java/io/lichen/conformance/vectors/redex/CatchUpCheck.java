// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.conformance.vectors.Vector;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.crypto.ChannelName;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.Retention;
import io.lichen.redex.log.LogFile;
import io.lichen.redex.replica.BandwidthClass;
import io.lichen.redex.replica.engine.CatchUpAnswers;
import io.lichen.redex.replica.engine.CatchUpApply;
import io.lichen.redex.replica.engine.Refusal;
import io.lichen.redex.replica.wire.SyncRequest;
import io.lichen.redex.replica.wire.SyncResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** What a leader answers, and what a replica makes of answers. */
final class CatchUpCheck implements VectorCheck {
  private static final byte[] LOG_ID = ChannelName.of("x").logId();
  private static final byte[] OTHER_ID = ChannelName.of("y").logId();
  private static final int LOG_ID_AT = 3;
  private static final int REQUEST_ID = 42;
  private static final int INLINE_REQUEST_ID = 9;
  private static final int INLINE_CHUNK = 1000;
  private static final byte[][] INLINE = {"8 inline".getBytes(US_ASCII), filled(8)};

  @Override
  public ObjectNode answer(Vector vector) throws Refusal {
    JsonNode in = vector.inputs();
    ObjectNode answer = Trees.object();
    ArrayNode requests = answer.putArray("leader_requests");
    for (JsonNode request : in.path("leader_requests")) {
      requests.addObject().set("outcome", lead(request));
    }
    ArrayNode applies = answer.putArray("replica_applies");
    for (JsonNode apply : in.path("replica_applies")) {
      applies.add(apply(apply));
    }
    answer.put("leader_channel_mismatch_nack", mismatch());
    answer.set("inline_entries", inline(in.path("inline_entries")));
    return answer;
  }

  private static byte[] filled(int length) {
    byte[] octets = new byte[length];
    Arrays.fill(octets, (byte) -1);
    return octets;
  }

  private static LogFile log(Redex redex, Retention retention) {
    return (LogFile) redex.open("x", RedexConfig.inMemory().withRetention(retention));
  }

  private static ObjectNode lead(JsonNode in) throws Refusal {
    JsonNode most = in.path("retention_max_events");
    Retention retention =
        most.isNumber() ? Retention.ALL.withMaxRecords(most.asLong()) : Retention.ALL;
    try (Redex redex = Redex.inMemory()) {
      LogFile log = log(redex, retention);
      for (JsonNode size : in.path("leader_payload_sizes")) {
        log.append(new byte[size.asInt()]);
      }
      log.sweepRetention();
      SyncRequest request =
          new SyncRequest(
              LOG_ID,
              in.path("since_seq").asLong(),
              in.path("chunk_max").asInt(),
              REQUEST_ID,
              BandwidthClass.valueOf(SyncTrees.constant(in, "class")));
      return Trees.object()
          .set("response", response(new CatchUpAnswers(log.replicaLog(), LOG_ID).answer(request)));
    }
  }

  private static ObjectNode response(SyncResponse response) {
    ObjectNode tree =
        Trees.object()
            .put("encoded_len", response.encode().length)
            .put("first_seq", response.firstSeq())
            .put("leader_first_retained_seq", response.leaderFirstSeq())
            .put("request_id", response.requestId());
    ArrayNode seqs = tree.putArray("event_seqs");
    ArrayNode lengths = tree.putArray("payload_lens");
    for (SyncResponse.Event event : response.events()) {
      seqs.add(event.seq());
      lengths.add(event.payload().length);
    }
    return tree;
  }

  private static String mismatch() {
    try (Redex redex = Redex.inMemory()) {
      LogFile log = log(redex, Retention.ALL);
      SyncRequest request = new SyncRequest(OTHER_ID, 0, 0, REQUEST_ID, BandwidthClass.FOREGROUND);
      return new CatchUpAnswers(log.replicaLog(), LOG_ID).answer(request).toString();
    } catch (Refusal e) {
      return SyncTrees.name(e.code());
    }
  }

  private static ObjectNode apply(JsonNode in) {
    try (Redex redex = Redex.inMemory()) {
      LogFile log = log(redex, Retention.ALL);
      for (int i = 0; i < in.path("local_next").asInt(); i++) {
        log.append(new byte[] {1});
      }
      CatchUpApply chunks = new CatchUpApply(log.replicaLog());
      SyncResponse response = chunk(in);
      CatchUpApply.Outcome outcome = chunks.apply(response);
      ObjectNode tree = Trees.object();
      tree.set("outcome", outcome(outcome, response, chunks, log, in));
      tree.put("next_seq_after", log.nextSeq());
      if (in.has("after_skip_to")) {
        chunks.skipTo(response.firstSeq());
        CatchUpApply.Outcome again = chunks.apply(response);
        ObjectNode after = tree.putObject("after_skip_to");
        after.set("outcome", outcome(again, response, chunks, log, in));
        ArrayNode seqs = after.putArray("retained_seqs");
        log.readRange(0, log.nextSeq()).forEach(record -> seqs.add(record.seq()));
      }
      return tree;
    }
  }

  private static SyncResponse chunk(JsonNode in) {
    List<SyncResponse.Event> events = new ArrayList<>();
    in.path("event_seqs")
        .forEach(seq -> events.add(new SyncResponse.Event(seq.asLong(), new byte[] {2})));
    return new SyncResponse(
        LOG_ID,
        in.path("first_seq").asLong(),
        in.path("leader_first_retained_seq").asLong(),
        REQUEST_ID,
        events);
  }

  private static ObjectNode outcome(
      CatchUpApply.Outcome outcome,
      SyncResponse response,
      CatchUpApply chunks,
      LogFile log,
      JsonNode in) {
    if (outcome.verdict() == CatchUpApply.Verdict.OK) {
      return Trees.object().put("new_tail", log.nextSeq());
    }
    ObjectNode tree = Trees.object().put("error", SyncTrees.name(outcome.verdict()));
    return switch (outcome.verdict()) {
      case STALE_CHUNK ->
          tree.put("first_seq", response.firstSeq())
              .put("local_next", in.path("local_next").asLong());
      case GAP_BEFORE_CHUNK ->
          tree.put("first_seq", response.firstSeq())
              .put("local_next", in.path("local_next").asLong())
              .put("divergence_suspected", chunks.isDivergenceSuspected(response));
      case FIRST_SEQ_MISMATCH ->
          tree.put("declared", response.firstSeq())
              .put("observed", response.events().getFirst().seq());
      default -> tree.put("index", outcome.index());
    };
  }

  private static ObjectNode inline(JsonNode recorded) throws Refusal {
    byte[] first = Trees.hex(recorded.path("rounds").path(0), "hex");
    byte[] logId = Arrays.copyOfRange(first, LOG_ID_AT, LOG_ID_AT + LOG_ID.length);
    ObjectNode tree = Trees.object();
    try (Redex leaders = Redex.inMemory();
        Redex replicas = Redex.inMemory()) {
      LogFile leader = log(leaders, Retention.ALL);
      leader.append("heap".getBytes(US_ASCII));
      leader.appendInline(INLINE[0]);
      leader.appendInline(INLINE[1]);
      leader.append("last".getBytes(US_ASCII));
      LogFile replica = log(replicas, Retention.ALL);
      tree.set("rounds", rounds(logId, leader, replica));
      ArrayNode all = tree.putArray("replica_read_all");
      for (RedexRecord record : replica.readRange(0, replica.nextSeq())) {
        all.addObject()
            .put("checksum", record.checksum())
            .put("inline", record.inline())
            .put("len", record.payload().length)
            .put("payload", Base64.getEncoder().encodeToString(record.payload()))
            .put("seq", record.seq());
      }
    }
    return tree;
  }

  private static ArrayNode rounds(byte[] logId, LogFile leader, LogFile replica) throws Refusal {
    ArrayNode rounds = Trees.object().putArray("rounds");
    CatchUpAnswers answers = new CatchUpAnswers(leader.replicaLog(), logId);
    CatchUpApply chunks = new CatchUpApply(replica.replicaLog());
    while (replica.nextSeq() < leader.nextSeq()) {
      long since = replica.nextSeq();
      SyncResponse response =
          answers.answer(
              new SyncRequest(
                  logId, since, INLINE_CHUNK, INLINE_REQUEST_ID, BandwidthClass.FOREGROUND));
      CatchUpApply.Outcome outcome = chunks.apply(response);
      if (outcome.verdict() != CatchUpApply.Verdict.OK) {
        throw new IllegalStateException("the replica does not get on: " + outcome);
      }
      ObjectNode round = rounds.addObject().put("hex", Trees.hex(response.encode()));
      ArrayNode seqs = round.put("since_seq", since).putArray("event_seqs");
      response.events().forEach(event -> seqs.add(event.seq()));
    }
    return rounds;
  }

  @Override
  public ObjectNode expected(Vector vector) {
    JsonNode in = vector.inputs();
    ObjectNode expected = Trees.members(in, "leader_channel_mismatch_nack");
    ArrayNode requests = expected.putArray("leader_requests");
    in.path("leader_requests").forEach(one -> requests.add(Trees.members(one, "outcome")));
    ArrayNode applies = expected.putArray("replica_applies");
    in.path("replica_applies")
        .forEach(
            one -> applies.add(Trees.members(one, "outcome", "next_seq_after", "after_skip_to")));
    JsonNode recorded = in.path("inline_entries");
    ObjectNode inline = expected.putObject("inline_entries");
    inline.set("rounds", recorded.path("rounds"));
    ArrayNode all = inline.putArray("replica_read_all");
    recorded
        .path("replica_read_all")
        .forEach(one -> all.add(Trees.members(one, "checksum", "inline", "len", "payload", "seq")));
    return expected;
  }

  /** A chunk of upstream ends behind an inline record, whose octets it takes for a length. */
  @Override
  public List<Deviation> deviations(Vector vector) {
    return OnPurpose.of(vector.kind());
  }
}
