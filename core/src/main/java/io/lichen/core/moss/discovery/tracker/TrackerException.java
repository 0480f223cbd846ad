// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An announce that led to nothing; the message says why, in words fit for an event. */
public final class TrackerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private static final int MAX_CHARS = 200;

  /** Says why; what a tracker wrote is cut, and its control characters are taken out. */
  public TrackerException(String reason) {
    this(reason, null);
  }

  /** The same with what caused it. */
  public TrackerException(String reason, @Nullable Throwable cause) {
    super(harmless(reason), cause);
  }

  private static String harmless(String text) {
    String clean = text.replaceAll("\\p{Cntrl}", "?");
    return clean.length() <= MAX_CHARS ? clean : clean.substring(0, MAX_CHARS) + "…";
  }
}
