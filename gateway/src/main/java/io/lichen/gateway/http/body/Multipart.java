// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import io.lichen.gateway.http.BodyException;
import io.lichen.gateway.http.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code multipart/form-data} (RFC 7578) in one pass: at most 100 parts, 8 KiB of header in
 * each. Not thread-safe.
 */
public final class Multipart {
  private static final int MAX_PARTS = 100;
  private static final int MAX_HEADER_BYTES = 8192;
  private static final byte[] EMPTY_LINE = {'\r', '\n', '\r', '\n'};

  /** As in RFC 2046 section 5.1.1; has no CR, so that a search never has to go back. */
  private static final Pattern BOUNDARY =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  private final byte[] body;
  private final byte[] delimiter;
  private int at;

  private Multipart(byte[] body, String boundary) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The parts of a body.
   *
   * @param contentType the field as it came, or null
   * @throws BodyException 415 for another type, 400 for anything malformed
   */
  public static List<Part> read(byte[] body, @Nullable String contentType) {
    MediaType type = MediaType.parse(contentType);
    if (!type.value().equals("multipart/form-data")) {
      throw BodyException.unsupported("The body is no multipart/form-data.");
    }
    String boundary = type.params().getOrDefault("boundary", "");
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw BodyException.invalid("The boundary is missing or has other characters than it may.");
    }
    return new Multipart(body, boundary).parts();
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    at = first();
    while (isNext()) {
      if (parts.size() == MAX_PARTS) {
        throw BodyException.invalid("There are more than " + MAX_PARTS + " parts.");
      }
      parts.add(part());
    }
    return List.copyOf(parts);
  }

  /** Behind the first delimiter, which may begin the body. */
  private int first() {
    int length = delimiter.length - 2;
    boolean begins =
        body.length >= length && Arrays.equals(body, 0, length, delimiter, 2, delimiter.length);
    return begins ? length : find(delimiter, 0, body.length) + delimiter.length;
  }

  /** Behind a delimiter: whether a part follows. */
  private boolean isNext() {
    if (at + 2 <= body.length && body[at] == '-' && body[at + 1] == '-') {
      return false;
    }
    while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
      at++;
    }
    if (at + 2 > body.length || body[at] != '\r' || body[at + 1] != '\n') {
      throw BodyException.invalid("A boundary does not end its line.");
    }
    return true;
  }

  private Part part() {
    // A header without a field is the line end of the delimiter and an empty line.
    int headerEnd = find(EMPTY_LINE, at, Math.min(body.length, at + MAX_HEADER_BYTES));
    String header =
        new String(body, at + 2, Math.max(0, headerEnd - at - 2), StandardCharsets.UTF_8);
    int data = headerEnd + EMPTY_LINE.length;
    int end = find(delimiter, data - 2, body.length);
    at = end + delimiter.length;
    return part(header, Arrays.copyOfRange(body, data, Math.max(data, end)));
  }

  private static Part part(String header, byte[] data) {
    MediaType disposition = MediaType.parse(field(header, "content-disposition"));
    String name = disposition.params().get("name");
    if (!disposition.value().equals("form-data") || name == null) {
      throw BodyException.invalid("A part has no form-data name.");
    }
    String filename = disposition.params().get("filename");
    return new Part(
        name,
        filename == null ? null : withoutDirectories(filename),
        field(header, "content-type"),
        data);
  }

  private static @Nullable String field(String header, String name) {
    for (String line : header.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().toLowerCase(Locale.ROOT).equals(name)) {
        return line.substring(colon + 1).strip();
      }
    }
    return null;
  }

  private static String withoutDirectories(String filename) {
    int last = Math.max(filename.lastIndexOf('/'), filename.lastIndexOf('\\'));
    return filename.substring(last + 1);
  }

  private int find(byte[] wanted, int from, int to) {
    int length = wanted.length;
    for (int i = from; i <= to - length; i++) {
      if (body[i] == wanted[0] && Arrays.equals(body, i, i + length, wanted, 0, length)) {
        return i;
      }
    }
    throw BodyException.invalid("A part's header or end is missing.");
  }
}
