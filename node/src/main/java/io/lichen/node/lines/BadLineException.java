// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.lines;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A line that is no operation; the message says what is wrong with it. */
public final class BadLineException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient @Nullable JsonNode id;

  /** Makes one, with the line's {@code "id"} if it could be read. */
  public BadLineException(String message, @Nullable JsonNode id) {
    super(message);
    this.id = id;
  }

  /** What the line gave as {@code "id"}. */
  public @Nullable JsonNode id() {
    return id;
  }
}
