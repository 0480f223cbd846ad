// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import io.lichen.gateway.http.Body;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A file as it is now. */
public sealed interface ServedFile {
  /** In bytes. */
  long length();

  /** Changes when the content does; in quotes, {@code W/} before it where that is only likely. */
  String etag();

  /** When it was changed, or null when nobody knows. */
  @Nullable Instant modified();

  /** A piece of it, as a response carries it. */
  Body piece(long offset, long length);

  /** The same in gzip, with a tag of its own; null where there is none. */
  @Nullable ServedFile gzipped();

  /** On a disk. */
  record OnDisk(Path path, long length, Instant modified) implements ServedFile {
    @Override
    public String etag() {
      return "W/\"%x-%x\"".formatted(length, modified.toEpochMilli());
    }

    @Override
    public Body piece(long offset, long pieceLength) {
      return new Body.FileRegion(path, offset, pieceLength);
    }

    @Override
    public @Nullable ServedFile gzipped() {
      return null;
    }
  }

  /** In memory; never changes. */
  @SuppressWarnings("ArrayRecordComponent")
  record InMemory(byte[] bytes, String etag, @Nullable ServedFile gzipped) implements ServedFile {
    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public @Nullable Instant modified() {
      return null;
    }

    @Override
    public Body piece(long offset, long pieceLength) {
      boolean whole = pieceLength == bytes.length;
      return new Body.Bytes(
          whole ? bytes : Arrays.copyOfRange(bytes, (int) offset, (int) (offset + pieceLength)));
    }
  }
}
