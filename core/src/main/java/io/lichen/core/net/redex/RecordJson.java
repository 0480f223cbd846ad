// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.redex;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lichen.core.json.JsonWriter;
import io.lichen.redex.RedexRecord;
import java.util.HexFormat;
import java.util.List;

/**
 * Records as upstream's C API writes them: {@code
 * {"seq":3,"payload_hex":"00ff","checksum":7,"is_inline":false}}, keys in this order, without
 * spaces, digits of payloads in lower case.
 */
public final class RecordJson {
  /** What stands around a payload. */
  private static final int FRAME_BYTES = 96;

  private RecordJson() {}

  /** A record. */
  public static String of(RedexRecord record) {
    JsonWriter out = new JsonWriter(FRAME_BYTES + 2 * record.payload().length);
    write(record, out);
    return new String(out.toByteArray(), UTF_8);
  }

  /** Records, as an array. */
  public static String of(List<RedexRecord> records) {
    JsonWriter out = new JsonWriter(FRAME_BYTES * (records.size() + 1));
    out.raw('[');
    char separator = 0;
    for (RedexRecord record : records) {
      if (separator != 0) {
        out.raw(separator);
      }
      write(record, out);
      separator = ',';
    }
    out.raw(']');
    return new String(out.toByteArray(), UTF_8);
  }

  private static void write(RedexRecord record, JsonWriter out) {
    out.ascii("{\"seq\":").unsignedNumber(record.seq());
    out.ascii(",\"payload_hex\":\"").ascii(HexFormat.of().formatHex(record.payload()));
    out.ascii("\",\"checksum\":").number(record.checksum());
    out.ascii(",\"is_inline\":").ascii(Boolean.toString(record.inline())).raw('}');
  }
}
