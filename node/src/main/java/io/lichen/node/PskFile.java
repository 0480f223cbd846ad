// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/** A pre-shared key in a file: 32 raw bytes, or 64 hex characters with white space around. */
final class PskFile {
  private static final int PSK_BYTES = 32;
  private static final int MAX_FILE_BYTES = 1024;

  private PskFile() {}

  static byte[] read(Path file) throws IOException {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MAX_FILE_BYTES);
    }
    if (content.length == PSK_BYTES) {
      return content;
    }
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    if (text.length() == 2 * PSK_BYTES && text.chars().allMatch(HexFormat::isHexDigit)) {
      return HexFormat.of().parseHex(text);
    }
    throw new BadInputException(
        "the PSK file " + file + " holds neither 32 raw bytes nor 64 hex characters");
  }
}
