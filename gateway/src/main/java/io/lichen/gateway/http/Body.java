// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http;

import java.nio.file.Path;

/** What a response carries. */
public sealed interface Body {
  /** Nothing. */
  record Empty() implements Body {}

  /** Bytes in memory; not copied, and not to be changed afterwards. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Body {}

  /** {@code length} bytes of a file from {@code offset} on. */
  record FileRegion(Path file, long offset, long length) implements Body {}

  /** Server-sent events, as long as their source has any. */
  record Events(EventSource source) implements Body {}

  /** No body: the connection becomes a WebSocket. */
  record Upgrade(WebSocketHandler handler) implements Body {}
}
