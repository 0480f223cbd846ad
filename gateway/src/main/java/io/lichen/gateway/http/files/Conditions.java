// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import io.lichen.gateway.http.Headers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client has of a file already (RFC 9110 section 13). */
public final class Conditions {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private Conditions() {}

  /** Whether the client has the file as it is now. */
  public static boolean isKnown(Headers request, ServedFile file) {
    String tags = request.get("If-None-Match");
    if (tags != null) {
      return tags.strip().equals("*") || hasTag(tags, file.etag());
    }
    Instant since = instant(request.last("If-Modified-Since"));
    return since != null && file.modified() != null && !seconds(file.modified()).isAfter(since);
  }

  /**
   * Whether the piece that the client asks for goes with what it has; if not, it needs the whole.
   */
  public static boolean allowsRange(Headers request, ServedFile file) {
    String condition = request.last("If-Range");
    if (condition == null) {
      return true;
    }
    if (condition.contains("\"")) {
      return condition.strip().equals(file.etag()) && !file.etag().startsWith("W/");
    }
    Instant date = instant(condition);
    return date != null && file.modified() != null && seconds(file.modified()).equals(date);
  }

  /** A time as headers write it. */
  public static String date(Instant instant) {
    return DATE.format(instant);
  }

  private static boolean hasTag(String tags, String etag) {
    return List.of(tags.split(",")).stream()
        .anyMatch(tag -> withoutWeakness(tag.strip()).equals(withoutWeakness(etag)));
  }

  private static String withoutWeakness(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }

  private static @Nullable Instant instant(@Nullable String date) {
    try {
      return date == null ? null : DATE.parse(date.strip(), Instant::from);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
