// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import io.lichen.gateway.http.body.BodyText;
import org.jspecify.annotations.Nullable;

/**
 * One field of a {@code multipart/form-data} body.
 *
 * @param filename as the client names it, without any directories; null unless it is a file
 * @param contentType as the client says; null when it says none, which means text
 * @param data not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Part(
    String name, @Nullable String filename, @Nullable String contentType, byte[] data) {
  /**
   * The data as text.
   *
   * @throws BodyException as {@link Request#bodyText}
   */
  public String text() {
    return BodyText.decode(data, contentType);
  }
}
