// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.stat;

import io.lichen.core.json.JsonException;
import io.lichen.core.json.JsonReader;
import io.lichen.core.json.JsonWriter;
import io.lichen.core.json.NameTable;
import java.util.List;

/**
 * Between contributions and their JSON. Reads what the natives read: names in any letter case,
 * unknown members skipped, the last of several counts, null leaves a value as it is. One use.
 */
final class StatDeltaCodec {
  private static final NameTable DELTA = new NameTable(List.of("epoch", "eid", "metrics"));
  private static final NameTable METRICS =
      new NameTable(List.of("bw_in", "bw_out", "degree", "nat", "seq"));
  private static final byte[] NO_OCTETS = new byte[0];
  private static final long MAX_UNSIGNED_INT = 0xffff_ffffL;
  private static final int TYPICAL_BYTES = 192;

  private final JsonReader reader;
  private long epoch;
  private byte[] id = NO_OCTETS;
  private long bandwidthIn;
  private long bandwidthOut;
  private int degree;
  private String natType = "";
  private long sequence;

  private StatDeltaCodec(JsonReader reader) {
    this.reader = reader;
  }

  static byte[] encode(StatDelta delta) {
    StatMetrics metrics = delta.metrics();
    return new JsonWriter(TYPICAL_BYTES)
        .ascii("{\"epoch\":")
        .unsignedNumber(delta.epoch())
        .ascii(",\"eid\":")
        .octets(delta.id().octets())
        .ascii(",\"metrics\":{\"bw_in\":")
        .unsignedNumber(metrics.bandwidthIn())
        .ascii(",\"bw_out\":")
        .unsignedNumber(metrics.bandwidthOut())
        .ascii(",\"degree\":")
        .number(Integer.toUnsignedLong(metrics.degree()))
        .ascii(",\"nat\":")
        .string(metrics.natType())
        .ascii(",\"seq\":")
        .unsignedNumber(metrics.sequence())
        .ascii("}}")
        .toByteArray();
  }

  static StatDelta decode(byte[] payload) throws JsonException {
    JsonReader reader = new JsonReader(payload, 0, payload.length);
    StatDeltaCodec codec = new StatDeltaCodec(reader);
    codec.delta();
    reader.end();
    return codec.result(payload.length);
  }

  private void delta() throws JsonException {
    if (reader.tryNull()) {
      return;
    }
    reader.beginObject();
    while (reader.nextMember()) {
      switch (reader.nameIndex(DELTA)) {
        case 0 -> epoch = unsigned(epoch);
        case 1 -> id = reader.tryNull() ? NO_OCTETS : reader.readOctets(id);
        case 2 -> metrics();
        default -> reader.skipValue();
      }
    }
  }

  private void metrics() throws JsonException {
    if (reader.tryNull()) {
      return;
    }
    reader.beginObject();
    while (reader.nextMember()) {
      switch (reader.nameIndex(METRICS)) {
        case 0 -> bandwidthIn = unsigned(bandwidthIn);
        case 1 -> bandwidthOut = unsigned(bandwidthOut);
        case 2 -> degree = unsignedInt();
        case 3 -> natType = reader.tryNull() ? natType : reader.readString();
        case 4 -> sequence = unsigned(sequence);
        default -> reader.skipValue();
      }
    }
  }

  private long unsigned(long before) throws JsonException {
    return reader.tryNull() ? before : reader.readUnsignedLong();
  }

  private int unsignedInt() throws JsonException {
    long value = unsigned(Integer.toUnsignedLong(degree));
    if (Long.compareUnsigned(value, MAX_UNSIGNED_INT) > 0) {
      throw new JsonException(
          "expected a degree of 32 bits, found " + Long.toUnsignedString(value), 0);
    }
    return (int) value;
  }

  private StatDelta result(int length) throws JsonException {
    if (id.length != EpochId.BYTES) {
      throw new JsonException(
          "expected an eid of " + EpochId.BYTES + " octets, found " + id.length, length);
    }
    StatMetrics metrics = new StatMetrics(bandwidthIn, bandwidthOut, degree, natType, sequence);
    return new StatDelta(epoch, EpochId.of(id), metrics);
  }
}
