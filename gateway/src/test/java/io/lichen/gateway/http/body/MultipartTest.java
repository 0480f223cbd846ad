// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.body;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.gateway.http.BodyException;
import io.lichen.gateway.http.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartTest {
  private static final String TYPE = "multipart/form-data; boundary=\"--x y\"";
  private static final String LINE = "----x y";
  private static final String NAMED = "Content-Disposition: form-data; name=\"a\"\r\n";

  @Test
  void shouldReadFieldsAndFiles() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    String file =
        """
        content-disposition:form-data;name=f;filename="C:\\\\dir/b\\".bin"
        Content-Type: application/x-thing

        """
            .replace("\n", "\r\n");
    String body =
        LINE
            + "\r\n"
            + NAMED
            + "\r\n"
            + latin1("ä".getBytes(UTF_8))
            + "\r\n"
            + LINE
            + " \t\r\n"
            + file
            + latin1(all)
            + "\r\n";

    List<Part> parts = read(body + LINE + "--\r\nepilogue");

    assertEquals(List.of("a", "f"), parts.stream().map(Part::name).toList());
    assertEquals("ä", parts.getFirst().text());
    assertNull(parts.getFirst().filename());
    assertNull(parts.getFirst().contentType());
    assertEquals("b\".bin", parts.getLast().filename());
    assertEquals("application/x-thing", parts.getLast().contentType());
    assertArrayEquals(all, parts.getLast().data());
  }

  @Test
  void shouldReadPreamblesAndEmptyParts() {
    String part = "\r\n" + LINE + "\r\n" + NAMED + "\r\n";

    List<Part> parts = read("preamble" + part + part + "\r\n" + LINE + "--");

    assertEquals(List.of("", ""), parts.stream().map(Part::text).toList());
    assertEquals(List.of(), read(LINE + "--"));
  }

  @Test
  void shouldKeepWhatOnlyLooksLikeABoundary() {
    String data = "\r\n----x\r\n--\r----x y\n";

    List<Part> parts = read(LINE + "\r\n" + NAMED + "\r\n" + data + "\r\n" + LINE + "--");

    assertEquals(data, parts.getFirst().text());
  }

  @Test
  void shouldTakeOneHundredParts() {
    String part = LINE + "\r\n" + NAMED + "\r\n1\r\n";

    assertEquals(100, read(part.repeat(100) + LINE + "--").size());
    assertRefused(400, TYPE, part.repeat(101) + LINE + "--");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "----x",
        "----x y",
        "----x y\r\n",
        "----x yz\r\n\r\n\r\n----x y--",
        "----x y\r\n\r\nno name\r\n----x y--",
        "----x y\r\nContent-Disposition: form-data\r\n\r\n1\r\n----x y--",
        "----x y\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n----x y--",
        "----x y\r\nContent-Disposition: form-data; name=a\r\n\r\nno end",
        "----x y\r\nContent-Disposition: form-data; name=a\r\n\r\n1----x y--"
      })
  void shouldRefuseWhatIsMalformed(String body) {
    assertRefused(400, TYPE, body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "; boundary=", "; boundary=\"a\r\n\"", "; boundary=\"a \"", "; x=1"})
  void shouldRefuseBadBoundaries(String params) {
    assertRefused(400, "multipart/form-data" + params, "--a--");
    assertRefused(400, "multipart/form-data; boundary=" + "a".repeat(71), "--a--");
    assertRefused(415, "multipart/mixed" + params, "--a--");
  }

  @Test
  void shouldLimitTheHeaderOfAPart() {
    String part = "X: " + "y".repeat(8192) + "\r\n" + NAMED + "\r\n1\r\n";

    assertRefused(400, TYPE, LINE + "\r\n" + part + LINE + "--");
  }

  @Test
  void shouldSurviveOneHundredThousandMutations() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String part = LINE + "\r\n" + NAMED + "Content-Type: text/plain\r\n\r\n1\r\n";
    byte[] good = (part + part + LINE + "--").getBytes(ISO_8859_1);
    for (int i = 0; i < 100_000; i++) {
      byte[] bad = mutated(good, random);
      try {
        Multipart.read(bad, TYPE).forEach(Part::data);
      } catch (BodyException expected) {
        assertEquals(400, expected.status(), () -> "seed " + seed);
      }
    }
  }

  private static byte[] mutated(byte[] good, Random random) {
    byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
    for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
      bad[random.nextInt(bad.length)] = good[random.nextInt(good.length)];
    }
    return bad;
  }

  private static void assertRefused(int status, String type, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    var e = assertThrows(BodyException.class, () -> Multipart.read(bytes, type));
    assertEquals(status, e.status());
  }

  private static List<Part> read(String latin1) {
    return Multipart.read(latin1.getBytes(ISO_8859_1), TYPE);
  }

  private static String latin1(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }
}
