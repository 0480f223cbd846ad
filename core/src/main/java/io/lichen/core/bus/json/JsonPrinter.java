// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import java.util.Map;

/**
 * Writes values without white space, members in the order of their trees; text stands as it is but
 * for quotes, backslashes and control characters (docs/wire/net-event-bus.md, "JSON").
 */
public final class JsonPrinter {
  private static final String SHORT_ESCAPES = "\b\t\n\f\r";
  private static final String SHORT_NAMES = "btnfr";

  private JsonPrinter() {}

  /** The text of a value. */
  public static String print(JsonValue value) {
    StringBuilder out = new StringBuilder();
    append(value, out);
    return out.toString();
  }

  /** Appends a value. */
  public static void append(JsonValue value, StringBuilder out) {
    switch (value) {
      case JsonValue.Literal.NULL -> out.append("null");
      case JsonValue.Literal.TRUE -> out.append("true");
      case JsonValue.Literal.FALSE -> out.append("false");
      case JsonValue.Text text -> appendString(text.value(), out);
      case JsonValue.Whole whole ->
          out.append(
              whole.negative() ? Long.toString(whole.bits()) : Long.toUnsignedString(whole.bits()));
      case JsonValue.Real real -> out.append(JsonNumbers.write(real.value()));
      case JsonValue.Elements elements -> appendElements(elements, out);
      case JsonValue.Members members -> appendMembers(members, out);
    }
  }

  private static void appendElements(JsonValue.Elements elements, StringBuilder out) {
    out.append('[');
    String separator = "";
    for (JsonValue value : elements.values()) {
      out.append(separator);
      append(value, out);
      separator = ",";
    }
    out.append(']');
  }

  private static void appendMembers(JsonValue.Members members, StringBuilder out) {
    out.append('{');
    String separator = "";
    for (Map.Entry<String, JsonValue> member : members.values().entrySet()) {
      out.append(separator);
      appendString(member.getKey(), out);
      out.append(':');
      append(member.getValue(), out);
      separator = ",";
    }
    out.append('}');
  }

  /** Appends a string with its quotes. */
  public static void appendString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ') {
        out.append(c);
      } else {
        appendControl(c, out);
      }
    }
    out.append('"');
  }

  private static void appendControl(char c, StringBuilder out) {
    int index = SHORT_ESCAPES.indexOf(c);
    if (index >= 0) {
      out.append('\\').append(SHORT_NAMES.charAt(index));
    } else {
      out.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
    }
  }
}
