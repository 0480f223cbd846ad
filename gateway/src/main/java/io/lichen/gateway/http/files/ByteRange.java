// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The piece of a file that a client asks for (RFC 9110 section 14).
 *
 * @param length zero when nothing of the file is in the range
 */
public record ByteRange(long offset, long length) {
  private static final Pattern SINGLE =
      Pattern.compile("\\s*bytes\\s*=\\s*([0-9]{0,18})\\s*-\\s*([0-9]{0,18})\\s*");

  /**
   * Reads a {@code Range} field.
   *
   * @return null when the whole file is to be sent: without a range, or with one that is malformed,
   *     of another unit or of several pieces
   */
  public static @Nullable ByteRange parse(@Nullable String field, long fileLength) {
    Matcher range = SINGLE.matcher(field == null ? "" : field);
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return null;
    }
    if (range.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(range.group(2)), fileLength);
      return new ByteRange(fileLength - length, length);
    }
    long first = Long.parseLong(range.group(1));
    long last = range.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(range.group(2));
    if (last < first) {
      return null;
    }
    long end = last < fileLength ? last + 1 : fileLength;
    return new ByteRange(first, Math.max(0, end - first));
  }
}
