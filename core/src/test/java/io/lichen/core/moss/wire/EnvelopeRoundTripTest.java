// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class EnvelopeRoundTripTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();

  @Property
  void shouldReadBackWhatItWrote(
      @ForAll EnvelopeType type,
      @ForAll @StringLength(max = 300) String text,
      @ForAll @Size(max = 20) List<@StringLength(max = 70) String> ids,
      @ForAll long number,
      @ForAll byte[] octets,
      @ForAll boolean flag)
      throws EnvelopeException {
    String channel = whole(text);
    List<String> messageIds = ids.stream().map(EnvelopeRoundTripTest::whole).toList();
    Envelope written =
        Envelope.of(type)
            .channel(channel)
            .messageIds(messageIds)
            .sequence(number)
            .coordAt(number)
            .payload(octets)
            .reachable(flag)
            .build();

    byte[] encoded = EnvelopeCodec.encode(written);
    Envelope read = EnvelopeCodec.decode(encoded, 0, encoded.length);

    assertEquals(type, EnvelopeType.of(read.type()));
    assertEquals(channel, read.channel());
    assertEquals(messageIds, read.messageIds());
    assertEquals(number, read.sequence());
    assertEquals(number, read.coordAt());
    assertArrayEquals(octets, read.payload());
    assertEquals(flag, read.reachable());
  }

  @Property
  void shouldWriteWhatAnotherJsonReaderUnderstands(
      @ForAll @StringLength(max = 300) String text, @ForAll byte[] octets) throws IOException {
    String channel = whole(text);

    JsonNode tree =
        JACKSON.readTree(PublishCodec.encode(channel, "id", Long.MAX_VALUE, octets, octets));

    assertEquals(channel, tree.path("channel").asText(""));
    assertEquals(Long.MAX_VALUE, tree.path("sequence").longValue());
    assertArrayEquals(
        octets, octets.length == 0 ? new byte[0] : tree.path("payload").binaryValue());
  }

  /** Half surrogate pairs cannot be written as UTF-8. */
  private static String whole(String text) {
    List<String> characters = new ArrayList<>();
    text.codePoints()
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .forEach(c -> characters.add(Character.toString(c)));
    return String.join("", characters);
  }
}
