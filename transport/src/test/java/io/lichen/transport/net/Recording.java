// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.net;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** What was recorded from the native, one case a line; the first line says what the columns are. */
public final class Recording {
  private Recording() {}

  /** The cases of a file beside this class, columns separated. */
  public static List<String[]> cases(String name) {
    try (InputStream in = Recording.class.getResourceAsStream(name)) {
      assertNotNull(in, name);
      List<String[]> cases =
          new String(in.readAllBytes(), StandardCharsets.US_ASCII)
              .lines()
              .skip(1)
              .map(line -> line.split(" ", -1))
              .toList();
      assertTrue(cases.size() > 3, name + " has cases");
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a column; {@code -} is nothing. */
  public static byte[] hex(String column) {
    return column.equals("-") ? new byte[0] : HexFormat.of().parseHex(column);
  }
}
