// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static io.lichen.core.moss.wire.Envelopes.decode;
import static io.lichen.core.moss.wire.Envelopes.encode;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {
  @Test
  void shouldWriteAllMembersInWireOrder() {
    assertEquals(Envelopes.FULL_TEXT, encode(Envelopes.full()));
  }

  @Test
  void shouldReadAllMembers() throws EnvelopeException {
    Envelope read = decode(Envelopes.FULL_TEXT);

    assertEquals(Envelopes.FULL_TEXT, encode(read));
    assertEquals(-1, read.sequence());
    assertEquals(-5, read.coordAt());
    assertArrayEquals(new byte[] {8, 9, 10, 11}, read.payload());
    assertEquals(List.of("a", ""), read.messageIds());
  }

  @Test
  void shouldLeaveOutDefaults() {
    assertEquals("{\"type\":\"ping\"}", encode(Envelope.of(EnvelopeType.PING).build()));
  }

  @Test
  void shouldEscapeAsTheNativeDoes() {
    String channel = "a<b>&c\"\\/\t\n\r\b\f\u0001\u007f\u2028\u2029\u00e9\u2603\ud83d\udef0\ud800";

    assertEquals(
        "{\"type\":\"graft\",\"channel\":\"a\\u003cb\\u003e\\u0026c\\\"\\\\/\\t\\n\\r\\b\\f\\u0001"
            + "\u007f\\u2028\\u2029\u00e9\u2603\ud83d\udef0\\ufffd\"}",
        encode(Envelope.of(EnvelopeType.GRAFT).channel(channel).build()));
  }

  @Test
  void shouldFindWhatMustBeEscapedAtEveryPosition() {
    for (int length = 0; length < 24; length++) {
      String plain = "x=?".repeat(8).substring(0, length);
      assertChannel(plain, plain);
      assertChannel(plain + "<", plain + "\\u003c");
      assertChannel(plain + "\ud83d", plain + "\\ufffd");
      assertChannel("\udef0" + plain, "\\ufffd" + plain);
      assertChannel(plain + "\u00e9y", plain + "\u00e9y");
      assertChannel("\u2028" + plain, "\\u2028" + plain);
    }
  }

  private static void assertChannel(String channel, String escaped) {
    String member = channel.isEmpty() ? "" : ",\"channel\":\"" + escaped + '"';
    assertEquals(
        "{\"type\":\"graft\"" + member + "}",
        encode(Envelope.of(EnvelopeType.GRAFT).channel(channel).build()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "null; {'type':''}",
        "{}; {'type':''}",
        " {'TYPE':'ping','zzz':{'a':[1,{}]},'Request_ID':'q'} ; {'type':'ping','request_id':'q'}",
        "{'type':'ping','type':'pong','type':null}; {'type':'pong'}",
        "{'payload':'AQ==','payload':null}; {'type':''}",
        "{'message_ids':['a','b'],'message_ids':['c']}; {'type':'','message_ids':['c']}",
        "{'message_ids':['a'],'message_ids':[null,null]}; {'type':'','message_ids':['a','']}",
        "{'payload':[1,2,255]}; {'type':'','payload':'AQL/'}",
        "{'reachable':true,'reachable':null}; {'type':'','reachable':true}",
        "{'sequence':7,'sequence':null}; {'type':'','sequence':7}",
        "{'ov_contacts':[null,{'id':'','x':0}]};"
            + "{'type':'','ov_contacts':[{'id':null,'addr':''},{'id':'','addr':''}]}",
        "{'ov_providers':[{'peer':'AQ==','payload':'AQ=='}],'ov_providers':[{'payload':null}]};"
            + "{'type':'','ov_providers':[{'peer':'AQ=='}]}",
        "{'type':'never heard of'}; {'type':'never heard of'}"
      })
  void shouldAcceptWhatTheNativeAccepts(String text, String canonical) throws EnvelopeException {
    assertEquals(canonical.replace('\'', '"'), encode(decode(text.replace('\'', '"'))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "'ping'",
        "7",
        "true",
        "{'type':'ping'}x",
        "{'type':'ping'}{}",
        "\ufeff{}",
        "{'type':7}",
        "{'sequence':'1'}",
        "{'sequence':-1}",
        "{'sequence':1.0}",
        "{'sequence':1e3}",
        "{'sequence':18446744073709551616}",
        "{'coord_at':9223372036854775808}",
        "{'reachable':1}",
        "{'reachable':'true'}",
        "{'payload':'AAI'}",
        "{'payload':'-_-_'}",
        "{'payload':[256]}",
        "{'payload':{}}",
        "{'message_ids':[1]}",
        "{'message_ids':'a'}",
        "{'ov_contacts':[1]}",
        "{'ov_contacts':{}}",
        "{'ov_providers':[{'peer':1}]}",
        "{'type':'a\nb'}",
        "{'type':'a',}",
        "{'type':'a'/**/}",
        "{'unknown':01}",
        "{'unknown':nul}"
      })
  void shouldRefuseWhatTheNativeRefuses(String text) {
    EnvelopeException refused =
        assertThrows(EnvelopeException.class, () -> decode(text.replace('\'', '"')));

    assertTrue(String.valueOf(refused.getMessage()).contains(" at byte "), refused.getMessage());
  }

  @Test
  void shouldReadSixtyThousandOctetsOfPayload() throws EnvelopeException {
    byte[] payload = new byte[60_000];
    new java.util.Random(7).nextBytes(payload);
    Envelope envelope = Envelope.of(EnvelopeType.PUBLISH).payload(payload).build();

    assertArrayEquals(payload, decode(encode(envelope)).payload());
  }

  @Test
  void shouldSurviveRandomAndMutatedInput() {
    byte[] text = Envelopes.FULL_TEXT.getBytes(StandardCharsets.UTF_8);
    byte[] publish =
        PublishCodec.encode("topic", "0".repeat(64), 42, new byte[32], new byte[] {1, 2, 3});
    int[] accepted = new int[1];

    Fuzz.run(
        List.of(text, publish, "{\"type\":\"ping\",\"x\":[{}]}".getBytes(StandardCharsets.UTF_8)),
        input -> {
          try {
            byte[] once = EnvelopeCodec.encode(EnvelopeCodec.decode(input, 0, input.length));
            byte[] twice = EnvelopeCodec.encode(EnvelopeCodec.decode(once, 0, once.length));
            assertArrayEquals(once, twice);
            accepted[0]++;
          } catch (EnvelopeException e) {
            assertTrue(e.getStackTrace().length == 0);
          }
        });

    assertTrue(accepted[0] > 1000, "only " + accepted[0] + " inputs were valid");
  }

  /** The file says how it was recorded. */
  @Test
  void shouldDecideLikeGoOnGeneratedTexts() throws IOException {
    int compared = 0;
    for (String line : recorded()) {
      if (!line.startsWith("#")) {
        String[] columns = line.split(" ", -1);
        byte[] text = HexFormat.of().parseHex(columns[0]);
        assertEquals(columns[1], reencoded(text), () -> new String(text, StandardCharsets.UTF_8));
        compared++;
      }
    }
    assertEquals(1500, compared);
  }

  private static List<String> recorded() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            EnvelopeCodecTest.class.getResourceAsStream("go-encoding-json.txt"))) {
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }

  private static String reencoded(byte[] text) {
    try {
      Envelope envelope = EnvelopeCodec.decode(text, 0, text.length);
      return HexFormat.of().formatHex(EnvelopeCodec.encode(envelope));
    } catch (EnvelopeException e) {
      return "-";
    }
  }
}
