// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in their order; names are compared without regard to case. Immutable. A field can
 * not smuggle in another: a name that is no token is dropped, control characters but the tab are
 * cut out of values.
 */
public final class Headers {
  private static final Headers NONE = new Headers(List.of());
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  private record Field(String name, String value) {}

  /** No field. */
  public static Headers none() {
    return NONE;
  }

  /** Fields as they came, in this order; what is no token is left out. */
  public static Headers of(Iterable<Map.Entry<String, String>> entries) {
    List<Field> fields = new ArrayList<>();
    for (Map.Entry<String, String> entry : entries) {
      if (isToken(entry.getKey())) {
        fields.add(new Field(entry.getKey(), clean(entry.getValue())));
      }
    }
    return new Headers(List.copyOf(fields));
  }

  /** These fields and one more. */
  public Headers add(String name, String value) {
    return isToken(name) ? with(fields, name, value) : this;
  }

  /** These fields with {@code value} as the only one of its name. */
  public Headers set(String name, String value) {
    return isToken(name) ? with(others(name), name, value) : this;
  }

  /** These fields without those of a name. */
  public Headers remove(String name) {
    return new Headers(others(name));
  }

  /** The values of a name joined by commas (cookies by semicolons), or null without any. */
  public @Nullable String get(String name) {
    List<String> values = all(name);
    String between = name.equalsIgnoreCase("Cookie") ? "; " : ", ";
    return values.isEmpty() ? null : String.join(between, values);
  }

  /** Every value of a name, in order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name.equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** The last value of a name, or null: for fields that may stand there once. */
  public @Nullable String last(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? null : values.getLast();
  }

  /** Whether there is a field of this name. */
  public boolean has(String name) {
    return fields.stream().anyMatch(field -> field.name.equalsIgnoreCase(name));
  }

  /** Whether a list-valued field (Connection, Upgrade) holds a token, without regard to case. */
  public boolean hasToken(String name, String token) {
    String wanted = token.toLowerCase(Locale.ROOT);
    return all(name).stream()
        .flatMap(value -> List.of(value.split(",")).stream())
        .anyMatch(part -> part.strip().toLowerCase(Locale.ROOT).equals(wanted));
  }

  /** Every field in its order. */
  public void forEach(BiConsumer<String, String> action) {
    fields.forEach(field -> action.accept(field.name, field.value));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Headers headers && headers.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  private static Headers with(List<Field> before, String name, String value) {
    List<Field> fields = new ArrayList<>(before);
    fields.add(new Field(name, clean(value)));
    return new Headers(List.copyOf(fields));
  }

  private List<Field> others(String name) {
    return fields.stream().filter(field -> !field.name.equalsIgnoreCase(name)).toList();
  }

  private static String clean(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (isControl(value.charAt(i))) {
        return CONTROLS.matcher(value).replaceAll("");
      }
    }
    return value;
  }

  private static boolean isControl(char c) {
    return (c < ' ' && c != '\t') || c == 0x7F;
  }

  static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (!isTokenChar(name.charAt(i))) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || TOKEN_MARKS.indexOf(c) >= 0;
  }
}
