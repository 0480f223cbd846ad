// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.moss.discovery.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HttpAnnounceCodecTest {
  private static final AnnounceRequest REQUEST = request(AnnounceEvent.NONE);

  private static AnnounceRequest request(AnnounceEvent event) {
    return new AnnounceRequest(new byte[20], TrackerPeerId.of(new byte[12]), 7, event, 50);
  }

  private static byte[] octets(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static List<String> peers(String body) throws TrackerException {
    return HttpAnnounceCodec.decode(octets(body)).peers().stream().map(Endpoint::toString).toList();
  }

  @Test
  void shouldNameAnEventOnlyWhenThereIsOne() {
    assertFalse(HttpAnnounceCodec.query(null, REQUEST).contains("event"));
    String last = HttpAnnounceCodec.query("", request(AnnounceEvent.STOPPED));
    assertTrue(last.contains("&event=stopped&"), last);
  }

  @Test
  void shouldKeepTheQueryOfTheTrackersAddress() {
    String query = HttpAnnounceCodec.query("z=1&z=2&key&a=%zz%4&port=99", REQUEST);
    assertTrue(query.startsWith("a=%25zz%254&compact=1&"), query);
    assertTrue(query.contains("&key=&"), query);
    assertTrue(query.contains("&port=7&"), query);
    assertTrue(query.endsWith("&uploaded=0&z=1&z=2"), query);
  }

  @Test
  void shouldReadAllFormsInWhichPeersAreNamed() throws Exception {
    assertEquals(List.of("97.98.99.100:25958"), peers("d5:peers6:abcdefe"));
    assertEquals(
        List.of("127.0.0.1:80", "[0:0:0:0:0:0:0:1]:81"),
        peers("d5:peersld2:ip9:127.0.0.14:porti80eed2:ip3:::14:porti81eeee"));
    assertEquals(
        List.of("97.98.99.100:25958", "[6162:6364:6566:6768:696a:6b6c:6d6e:6f70]:29042"),
        peers("d5:peers6:abcdef6:peers618:abcdefghijklmnopqre"));
  }

  @Test
  void shouldPassOverPeersThatAreNone() throws Exception {
    assertEquals(
        List.of("1.2.3.4:80"),
        peers(
            "d5:peersl4:spamd2:ip7:1.2.3.4ed2:ip7:1.2.3.44:porti65536eed2:ip9:localhost4:porti80ee"
                + "d2:ip7:1.2.3.44:porti80eeee"));
  }

  @Test
  void shouldTakeNoMorePeersThanAllowedFromOneAnswer() throws Exception {
    int many = AnnounceResponse.MAX_PEERS + 10;
    String both = "d5:peers" + 6 * many + ":" + "abcdef".repeat(many) + "6:peers618:";
    assertEquals(AnnounceResponse.MAX_PEERS, peers(both + "abcdefghijklmnopqre").size());
  }

  @Test
  void shouldReadIntervalsWithinReason() throws Exception {
    AnnounceResponse some =
        HttpAnnounceCodec.decode(octets("d8:intervali1800e12:min intervali60ee"));
    assertEquals(1800, some.intervalSec());
    assertEquals(60, some.minIntervalSec());
    AnnounceResponse wild =
        HttpAnnounceCodec.decode(octets("d8:intervali9223372036854775807e12:min intervali-5ee"));
    assertEquals(86_400, wild.intervalSec());
    assertEquals(0, wild.minIntervalSec());
  }

  @Test
  void shouldSayWhatTheTrackerSaidWithoutItsControlCharacters() {
    String rude = "d14:failure reason300:" + "no\n".repeat(100) + "e";
    TrackerException refused =
        assertThrows(TrackerException.class, () -> HttpAnnounceCodec.decode(octets(rude)));
    String text = String.valueOf(refused.getMessage());
    assertTrue(text.startsWith("the tracker refuses: no?no?"), text);
    assertTrue(text.length() <= 201, text);
  }

  @Test
  void shouldReadOrRefuseWhateverATrackerAnswers() {
    List<byte[]> answers =
        List.of(
            octets("d8:intervali1800e5:peers12:abcdefghijkl6:peers618:abcdefghijklmnopqre"),
            octets("d14:failure reason9:not founde"),
            octets("d5:peersld2:ip9:127.0.0.14:porti80eed2:ip3:::14:porti81eeee"));
    Fuzz.run(
        answers,
        input -> {
          try {
            assertTrue(
                HttpAnnounceCodec.decode(input).peers().size() <= AnnounceResponse.MAX_PEERS);
          } catch (TrackerException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
          }
        });
  }
}
