// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.moss.discovery.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages with which BEP 5 explains itself, and others that are none. */
class KrpcCodecTest {
  private static final String PING = "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t2:aa1:y1:qe";
  private static final String FIND_NODE =
      "d1:ad2:id20:abcdefghij01234567896:target20:mnopqrstuvwxyz123456e"
          + "1:q9:find_node1:t2:aa1:y1:qe";
  private static final String GET_PEERS =
      "d1:ad2:id20:abcdefghij01234567899:info_hash20:mnopqrstuvwxyz123456e"
          + "1:q9:get_peers1:t2:aa1:y1:qe";
  private static final String ANNOUNCE =
      "d1:ad2:id20:abcdefghij012345678912:implied_porti1e9:info_hash20:mnopqrstuvwxyz123456"
          + "4:porti6881e5:token8:aoeusnthe1:q13:announce_peer1:t2:aa1:y1:qe";
  private static final String PONG = "d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:re";
  private static final String PEERS =
      "d1:rd2:id20:abcdefghij01234567895:token8:aoeusnth6:valuesl6:axje.u6:idhtnmee1:t2:aa1:y1:re";
  private static final String ERROR = "d1:eli201e23:A Generic Error Ocurrede1:t2:aa1:y1:ee";

  /** One whole node, as the BEP prints none. */
  private static final String NODES =
      "d1:rd2:id20:0123456789abcdefghij5:nodes26:mnopqrstuvwxyz123456axje.ue1:t2:aa1:y1:re";

  static final List<String> ALL =
      List.of(PING, FIND_NODE, GET_PEERS, ANNOUNCE, PONG, PEERS, ERROR, NODES);

  private static byte[] octets(String text) {
    return text.getBytes(ISO_8859_1);
  }

  private static NodeId id(String text) {
    return NodeId.of(octets(text));
  }

  private static Krpc decode(String text) throws KrpcException {
    return KrpcDecoder.decode(octets(text));
  }

  @ParameterizedTest
  @FieldSource("ALL")
  void shouldWriteWhatItReadsToTheOctet(String text) throws Exception {
    assertEquals(text, new String(KrpcEncoder.encode(decode(text)), ISO_8859_1));
  }

  @Test
  void shouldReadTheQuestionsOfTheSpecification() throws Exception {
    Krpc.Query find = assertInstanceOf(Krpc.Query.class, decode(FIND_NODE));
    assertArrayEquals(octets("aa"), find.transaction());
    assertEquals(id("abcdefghij0123456789"), find.id());
    assertEquals(new Krpc.Ask.FindNode(id("mnopqrstuvwxyz123456")), find.ask());
    Krpc.Query announce = assertInstanceOf(Krpc.Query.class, decode(ANNOUNCE));
    Krpc.Ask.AnnouncePeer ask = assertInstanceOf(Krpc.Ask.AnnouncePeer.class, announce.ask());
    assertEquals(6881, ask.port());
    assertTrue(ask.impliedPort());
    assertArrayEquals(octets("aoeusnth"), ask.token());
  }

  @Test
  void shouldReadTheAnswersOfTheSpecification() throws Exception {
    Krpc.Response peers = assertInstanceOf(Krpc.Response.class, decode(PEERS));
    assertEquals(
        List.of(
            DhtWorld.endpoint("97.120.106.101", 11893),
            DhtWorld.endpoint("105.100.104.116", 28269)),
        peers.values());
    assertNotNull(peers.token());
    Krpc.Response nodes = assertInstanceOf(Krpc.Response.class, decode(NODES));
    Endpoint endpoint = DhtWorld.endpoint("97.120.106.101", 11893);
    assertEquals(List.of(new Contact(id("mnopqrstuvwxyz123456"), endpoint)), nodes.nodes());
    Krpc.Failure failure = assertInstanceOf(Krpc.Failure.class, decode(ERROR));
    assertEquals(201, failure.code());
    assertEquals("A Generic Error Ocurred", failure.text());
  }

  @Test
  void shouldReadWhatOthersAdd() throws Exception {
    Krpc.Query query =
        assertInstanceOf(
            Krpc.Query.class,
            decode(
                "d1:ad2:id20:abcdefghij01234567894:wantl2:n42:n6ee"
                    + "2:ip6:axje.u1:q4:ping2:roi1e1:t4:\0\1\2\3771:v4:UT\0\0011:y1:qe"));
    assertTrue(query.readOnly());
    Krpc.Query unknown = assertInstanceOf(Krpc.Query.class, decode(PING.replace("ping", "pong")));
    assertEquals(new Krpc.Ask.Unknown("pong"), unknown.ask());
  }

  @Test
  void shouldReadOnlySoMuchOfEndlessLists() throws Exception {
    String nodes = "mnopqrstuvwxyz123456axje.u".repeat(1000);
    String values = "6:axje.u".repeat(1000) + "18:sixteen octets of5" + "i1e";
    Krpc.Response response =
        assertInstanceOf(
            Krpc.Response.class,
            decode(
                "d1:rd2:id20:abcdefghij01234567895:nodes26000:"
                    + nodes
                    + "6:valuesl"
                    + values
                    + "ee1:t2:aa1:y1:re"));
    assertEquals(KrpcDecoder.MAX_NODES, response.nodes().size());
    assertEquals(KrpcDecoder.MAX_VALUES, response.values().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "le",
        "d1:t2:aa1:y1:qe",
        "d1:ade1:q4:ping1:t2:aa1:y1:qe",
        "d1:ad2:id19:abcdefghij012345678e1:q4:ping1:t2:aa1:y1:qe",
        "d1:ad2:id20:abcdefghij0123456789e1:q9:find_node1:t2:aa1:y1:qe",
        "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:y1:qe",
        "d1:ad2:id20:abcdefghij0123456789e1:q4:ping1:t33:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa1:y1:qe",
        "d1:rd2:id20:mnopqrstuvwxyz123456e1:t2:aa1:y1:xe",
        "d1:rle1:t2:aa1:y1:re"
      })
  void shouldRefuseWhatIsNoMessage(String text) {
    assertThrows(KrpcException.class, () -> decode(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "65536"})
  void shouldRefuseWhatIsNoPort(String port) {
    assertThrows(KrpcException.class, () -> decode(ANNOUNCE.replace("6881", port)));
  }

  @Test
  void shouldEndWithAMessageOrARefusalWhateverTheInput() {
    Fuzz.run(
        ALL.stream().map(KrpcCodecTest::octets).toList(),
        input -> {
          try {
            KrpcEncoder.encode(KrpcDecoder.decode(input));
          } catch (KrpcException e) {
            assertNotNull(e.getMessage());
          }
        });
  }
}
