// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.nat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.lichen.core.nat.check.NatFindings;
import io.lichen.core.nat.check.Tried;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** Findings as one JSON object (docs/cli.md, "nat"). Stateless. */
final class FindingsJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private FindingsJson() {}

  static String line(NatFindings found) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("nat_type", found.type().wireName());
      json.writeStringField("mapping", lower(found.mapping()));
      json.writeStringField("filtering", lower(found.filtering()));
      json.writeBooleanField("carrier", found.carrier());
      json.writeStringField("external", found.external());
      json.writeStringField("mapped", found.mapped());
      texts(json, "local", found.local());
      texts(json, "routers", found.routers());
      json.writeArrayFieldStart("tried");
      for (Tried each : found.tried()) {
        json.writeStartObject();
        json.writeStringField("method", each.method());
        json.writeStringField("target", each.target());
        json.writeBooleanField("worked", each.worked());
        json.writeStringField("detail", each.detail());
        json.writeEndObject();
      }
      json.writeEndArray();
      texts(json, "advice", found.advice());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String each : texts) {
      json.writeString(each);
    }
    json.writeEndArray();
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
