// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.redex;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.lichen.redex.RedexFile;
import java.util.List;

/** A call on a log that Lichen and the native's Python package both have. */
public sealed interface LogCall {
  /** Appends a record. */
  record Append(byte[] payload) implements LogCall {
    @Override
    public void on(RedexFile log) {
      log.append(payload);
    }

    @Override
    public void addTo(ArrayNode calls) {
      calls.addArray().add("append").add(payload);
    }
  }

  /** Appends a batch. */
  record Batch(List<byte[]> payloads) implements LogCall {
    @Override
    public void on(RedexFile log) {
      log.appendBatch(payloads);
    }

    @Override
    public void addTo(ArrayNode calls) {
      ArrayNode list = calls.addArray().add("batch").addArray();
      payloads.forEach(list::add);
    }
  }

  /** Forces. */
  record Sync() implements LogCall {
    @Override
    public void on(RedexFile log) {
      log.sync();
    }

    @Override
    public void addTo(ArrayNode calls) {
      calls.addArray().add("sync");
    }
  }

  /** Makes the call. */
  void on(RedexFile log);

  /** Adds the call as the native's script reads it. */
  void addTo(ArrayNode calls);
}
