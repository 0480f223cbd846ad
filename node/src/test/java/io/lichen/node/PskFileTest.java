// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PskFileTest {
  private static final byte[] PSK =
      HexFormat.of().parseHex("00ff".repeat(8) + "0a0d2009".repeat(4));

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  private Path folder;

  @Test
  void shouldReadRawBytesAsTheyAre() throws IOException {
    assertArrayEquals(PSK, PskFile.read(Files.write(folder.resolve("raw"), PSK)));
  }

  @Test
  void shouldReadHexInEitherCaseWithWhiteSpaceAround() throws IOException {
    String hex = " \n" + HexFormat.of().formatHex(PSK).toUpperCase(Locale.ROOT) + "\r\n";
    assertArrayEquals(PSK, PskFile.read(Files.writeString(folder.resolve("hex"), hex)));
  }

  @Test
  void shouldRefuseOtherLengthsAndOtherText() throws IOException {
    for (String content : new String[] {"", "x".repeat(33), "g".repeat(64), "0".repeat(66)}) {
      Path file = Files.writeString(folder.resolve("bad"), content);
      assertThrows(BadInputException.class, () -> PskFile.read(file), content);
    }
  }
}
