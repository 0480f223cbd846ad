// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import io.lichen.gateway.http.BodyException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text in a body: UTF-8 unless its type says US-ASCII or ISO-8859-1. */
public final class BodyText {
  private BodyText() {}

  /**
   * The text of a body.
   *
   * @param contentType the field as it came, or null
   * @throws BodyException 415 for another charset, 400 for bytes that are none of it
   */
  public static String decode(byte[] body, @Nullable String contentType) {
    Charset charset = charset(MediaType.parse(contentType).params().get("charset"));
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw BodyException.invalid("The body is not " + charset + ".");
    }
  }

  private static Charset charset(@Nullable String name) {
    if (name == null) {
      return StandardCharsets.UTF_8;
    }
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "utf-8", "utf8" -> StandardCharsets.UTF_8;
      case "us-ascii", "ascii" -> StandardCharsets.US_ASCII;
      case "iso-8859-1", "latin1" -> StandardCharsets.ISO_8859_1;
      default -> throw BodyException.unsupported("Text is read as UTF-8, US-ASCII or ISO-8859-1.");
    };
  }
}
