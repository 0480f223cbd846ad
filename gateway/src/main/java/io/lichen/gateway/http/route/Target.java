// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.route;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for.
 *
 * @param segments what stands between the slashes of the path, each decoded on its own, so that an
 *     encoded slash stays inside its segment; at least one, the last one empty after a slash at the
 *     end
 */
public record Target(List<String> segments) {
  /**
   * Reads a target as it came; the query is not looked at.
   *
   * @return null unless the path begins with a slash and can be decoded without yielding a NUL
   */
  public static @Nullable Target parse(String raw) {
    String path = path(raw);
    if (!path.startsWith("/")) {
      return null;
    }
    List<String> segments = new ArrayList<>();
    for (int start = 1; start <= path.length(); ) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      String segment = Percent.decode(path.substring(start, end));
      if (segment == null || segment.indexOf('\0') >= 0) {
        return null;
      }
      segments.add(segment);
      start = end + 1;
    }
    return new Target(List.copyOf(segments));
  }

  /** A raw target's path, not decoded. */
  public static String path(String raw) {
    int mark = raw.indexOf('?');
    return mark < 0 ? raw : raw.substring(0, mark);
  }

  /** A raw target's query without what follows a {@code #}, not decoded; empty without any. */
  public static String query(String raw) {
    int mark = raw.indexOf('?');
    int hash = raw.indexOf('#', mark + 1);
    return mark < 0 ? "" : raw.substring(mark + 1, hash < 0 ? raw.length() : hash);
  }
}
