// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.redex;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** Makes recorded calls on a log. */
final class LogCalls {
  private static final long ALL = -1;

  private final RedexFile log;

  LogCalls(RedexFile log) {
    this.log = log;
  }

  /** What each call answers. */
  ArrayNode all(JsonNode ops) throws Exception {
    ArrayNode results = Trees.object().putArray("results");
    for (JsonNode op : ops) {
      results.add(call(op));
    }
    return results;
  }

  private ObjectNode call(JsonNode op) throws Exception {
    ObjectNode result = Trees.object();
    try {
      switch (Trees.text(op, "op")) {
        case "append", "append_ordered" -> result.put("seq", log.append(payload(op)));
        case "append_inline", "append_inline_ordered" ->
            result.put("seq", log.appendInline(payload(op)));
        case "append_batch", "append_batch_ordered" -> first(result, log.appendBatch(payloads(op)));
        case "append_batch_if_next_seq" ->
            first(
                result,
                log.appendBatchIfNextSeq(op.path("expected_first_seq").asLong(), payloads(op)));
        case "sweep_retention" -> {
          result.put("len_before", log.size());
          log.sweepRetention();
          result.put("len_after", log.size());
        }
        case "skip_to" -> {
          log.skipTo(op.path("target_seq").asLong());
          result.put("ok", true);
        }
        case "sleep_ms" -> {
          Thread.sleep(op.path("ms").asLong());
          result.put("ok", true);
        }
        default -> throw new IllegalArgumentException("unknown call " + op);
      }
    } catch (RedexException e) {
      result.put("error", name(e.error()));
      if (e.error() == RedexError.SEQ_MISMATCH) {
        result.put("actual", log.nextSeq());
        result.set("expected", op.path("expected_first_seq"));
      }
    }
    return result;
  }

  /** What the recordings call it. */
  static String name(RedexError error) {
    return switch (error) {
      case NAME, CONFIG -> "Channel";
      case SEQ_MISMATCH -> "SeqMismatch";
      case CLOSED -> "Closed";
      case LAGGED -> "Lagged";
      default -> error.name();
    };
  }

  private static void first(ObjectNode result, OptionalLong first) {
    if (first.isPresent()) {
      result.put("first_seq", first.getAsLong());
    } else {
      result.putNull("first_seq");
    }
  }

  private static byte[] payload(JsonNode op) throws IOException {
    return op.path("payload").binaryValue();
  }

  private static List<byte[]> payloads(JsonNode op) throws IOException {
    List<byte[]> payloads = new ArrayList<>();
    for (JsonNode payload : op.path("payloads")) {
      payloads.add(payload.binaryValue());
    }
    return payloads;
  }

  /** Everything that is retained. */
  ArrayNode readAll() {
    ArrayNode all = Trees.object().putArray("all");
    for (RedexRecord record : log.readRange(0, ALL)) {
      all.addObject()
          .put("checksum", record.checksum())
          .put("inline", record.inline())
          .put("payload", Base64.getEncoder().encodeToString(record.payload()))
          .put("seq", record.seq());
    }
    return all;
  }

  /** What a tail says until it would wait. */
  ArrayNode tail(long from) throws InterruptedException {
    try (RedexTail tail = log.tail(from)) {
      return items(tail, (items, seq) -> items.addObject().put("seq", seq));
    }
  }

  /** What a tail says until it would wait. */
  static ArrayNode items(RedexTail tail, ObjLongConsumer<ArrayNode> writer)
      throws InterruptedException {
    ArrayNode items = Trees.object().putArray("items");
    try {
      @Nullable RedexRecord next = tail.next(Duration.ZERO);
      while (next != null) {
        writer.accept(items, next.seq());
        next = tail.next(Duration.ZERO);
      }
      if (tail.isAtEnd()) {
        // What libnet says as an item of its own: a tail that was not closed ends with its log.
        items.addObject().put("error", name(RedexError.CLOSED));
        items.add("end");
      } else {
        items.add("pending");
      }
    } catch (RedexException e) {
      items.addObject().put("error", name(e.error()));
      items.add("end");
    }
    return items;
  }
}
