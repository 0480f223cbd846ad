// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.json;

import io.lichen.core.json.CodePointOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a tree of a JSON text: nesting below {@value #MAX_DEPTH}, of members with one name the last
 * one counts, escapes of half a surrogate pair are refused (docs/wire/net-event-bus.md, "JSON").
 */
public final class JsonParser {
  /** So many containers in each other are too many. */
  public static final int MAX_DEPTH = 128;

  private final byte[] text;
  private final JsonLexer lexer;
  private int depth;

  private JsonParser(byte[] text) {
    this.text = text;
    this.lexer = new JsonLexer(text);
  }

  /** Reads a text that holds one value and nothing else. */
  public static JsonValue parse(byte[] text) throws BusJsonException {
    if (!Utf8.isValid(text)) {
      throw new BusJsonException("expected UTF-8", 0);
    }
    JsonParser parser = new JsonParser(text);
    JsonValue value = parser.value();
    parser.lexer.end();
    return value;
  }

  /** Reads a text; one with half a surrogate pair in it is refused like any other that is bad. */
  public static JsonValue parse(String text) throws BusJsonException {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private JsonValue value() throws BusJsonException {
    return switch (lexer.peek()) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> new JsonValue.Text(string());
      case 't' -> word("true", JsonValue.Literal.TRUE);
      case 'f' -> word("false", JsonValue.Literal.FALSE);
      case 'n' -> word("null", JsonValue.Literal.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw lexer.error("expected a value");
    };
  }

  private JsonValue word(String word, JsonValue value) throws BusJsonException {
    lexer.literal(word);
    return value;
  }

  private JsonValue number() throws BusJsonException {
    int from = lexer.number();
    return JsonNumbers.read(text, from, lexer.position());
  }

  private JsonValue members() throws BusJsonException {
    enter('{');
    SortedMap<String, JsonValue> values = new TreeMap<>(CodePointOrder.INSTANCE);
    if (!lexer.tryTake('}')) {
      do {
        if (lexer.peek() != '"') {
          throw lexer.error("expected a member name");
        }
        String name = string();
        lexer.take(':');
        values.put(name, value());
      } while (lexer.tryTake(','));
      lexer.take('}');
    }
    depth--;
    return new JsonValue.Members(values);
  }

  private JsonValue elements() throws BusJsonException {
    enter('[');
    List<JsonValue> values = new ArrayList<>();
    if (!lexer.tryTake(']')) {
      do {
        values.add(value());
      } while (lexer.tryTake(','));
      lexer.take(']');
    }
    depth--;
    return new JsonValue.Elements(values);
  }

  private void enter(char bracket) throws BusJsonException {
    lexer.take(bracket);
    if (++depth >= MAX_DEPTH) {
      throw lexer.error("nested too deep: expected less than " + MAX_DEPTH);
    }
  }

  private String string() throws BusJsonException {
    int from = lexer.string();
    String body = new String(text, from, lexer.position() - 1 - from, StandardCharsets.UTF_8);
    return body.indexOf('\\') < 0 ? body : unescaped(body);
  }

  private String unescaped(String body) throws BusJsonException {
    StringBuilder out = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != '\\') {
        out.append(c);
      } else if (body.charAt(++i) == 'u') {
        out.append((char) Integer.parseInt(body, i + 1, i + 5, 16));
        i += 4;
      } else {
        out.append(plain(body.charAt(i)));
      }
    }
    if (hasHalfAPair(out)) {
      throw lexer.error("half a surrogate pair in a string");
    }
    return out.toString();
  }

  private static char plain(char kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }

  private static boolean hasHalfAPair(CharSequence text) {
    return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xdfff);
  }
}
