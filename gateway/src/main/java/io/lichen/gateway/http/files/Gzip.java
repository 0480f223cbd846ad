// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import io.lichen.gateway.http.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Files in gzip, for clients that take it (RFC 9110 section 12.5.3). */
public final class Gzip {
  /** A weight of zero: 0, 0.0, up to three digits. */
  private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(?:\\.0{0,3})?\\s*$");

  private static final Pattern CODING = Pattern.compile("^[^;\\s]+");

  /** Text; the others are packed already. */
  private static final Pattern TEXT =
      Pattern.compile("text/.*|application/(json|manifest\\+json|wasm)|image/svg\\+xml");

  private Gzip() {}

  /** Whether a client takes gzip. */
  public static boolean isAccepted(Headers request) {
    String field = request.get("Accept-Encoding");
    boolean any = false;
    for (String element : (field == null ? "" : field).toLowerCase(Locale.ROOT).split(",", -1)) {
      Matcher coding = CODING.matcher(element.strip());
      boolean accepted = !REFUSED.matcher(element).find();
      if (coding.find() && coding.group().equals("gzip")) {
        return accepted;
      }
      any |= accepted && element.strip().startsWith("*");
    }
    return any;
  }

  /** Content in gzip; null where that is not smaller, or would not be. */
  static byte @Nullable [] packed(byte[] bytes, String type) {
    if (!TEXT.matcher(type).matches()) {
      return null;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.size() < bytes.length ? packed.toByteArray() : null;
  }
}
