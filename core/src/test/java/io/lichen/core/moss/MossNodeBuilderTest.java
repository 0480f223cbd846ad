// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.FileKeyStore;
import io.lichen.crypto.identity.MemoryKeyStore;
import io.lichen.gossipsub.RateParams;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MossNodeBuilderTest {
  @Test
  void shouldKeepTheIdentityOfTheKeyStore(@TempDir Path folder) {
    Path file = folder.resolve("key");
    try (MossNode first = MossNode.builder("m").keyStore(new FileKeyStore(file)).build();
        MossNode second = MossNode.builder("m").keyStore(new FileKeyStore(file)).build();
        MossNode other = MossNode.builder("m").keyStore(new MemoryKeyStore()).build()) {
      assertEquals(first.id(), second.id());
      assertNotEquals(first.id(), other.id());
    }
  }

  @Test
  void shouldRefuseACorruptKeyStoreAndLeaveItAsItIs(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("key");
    byte[] damaged = new byte[129];
    damaged[0] = 2;
    Files.write(file, damaged);
    MossNodeBuilder builder = MossNode.builder("m").keyStore(new FileKeyStore(file));
    MossException refused = assertThrows(MossException.class, builder::build);
    assertEquals(MossError.CONFIG_INVALID, refused.error());
    assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()));
    assertArrayEquals(damaged, Files.readAllBytes(file));
  }

  @Test
  void shouldRefuseBadArguments() {
    MossNodeBuilder builder = MossNode.builder("m");
    assertEquals(
        MossError.CONFIG_INVALID,
        assertThrows(MossException.class, () -> builder.psk(new byte[31])).error());
    assertEquals(
        MossError.CONFIG_INVALID,
        assertThrows(MossException.class, () -> builder.config("{")).error());
  }

  @Test
  void shouldRefuseTheMaskedBearer() {
    MossNodeBuilder builder = MossNode.builder("m").config("{\"veil\":{\"enabled\":true}}");

    MossException refused = assertThrows(MossException.class, builder::build);

    assertEquals(MossError.CONFIG_INVALID, refused.error());
    assertTrue(String.valueOf(refused.getMessage()).contains("veil.enabled"));
  }

  @Test
  void shouldSayWhichPortCannotBeBound() {
    try (MossNode node =
        MossNode.builder("m").config("{\"listen_port\":70000,\"trackers\":[]}").build()) {
      MossException refused = assertThrows(MossException.class, node::start);
      assertEquals(MossError.LISTEN_FAILED, refused.error());
      assertTrue(String.valueOf(refused.getMessage()).contains("70000"));
      assertEquals(MossError.NOT_STARTED, assertThrows(MossException.class, node::stop).error());
    }
  }

  @Test
  void shouldRefuseAPortThatIsTaken() {
    try (MossNode first = MossNode.builder("m").listen("127.0.0.1", 0).build()) {
      first.start();
      int port = first.info().listenPort();
      try (MossNode second = MossNode.builder("m").listen("127.0.0.1", port).build()) {
        assertEquals(
            MossError.LISTEN_FAILED, assertThrows(MossException.class, second::start).error());
      }
    }
  }

  @Test
  void shouldLimitPayloadsToWhatAReceiverTakes() {
    try (MossNode room = MossNode.builder("m").build();
        MossNode clear = MossNode.builder("").build()) {
      assertEquals(65_536 - 28, room.maxPublishBytes());
      assertEquals(65_536, clear.maxPublishBytes());
    }
  }

  private static MossNode started(MossNodeBuilder builder) {
    MossNode node = builder.listen("127.0.0.1", 0).build();
    node.start();
    return node;
  }

  private static String address(MossNode node) {
    return "127.0.0.1:" + node.info().listenPort();
  }

  @Test
  void shouldFindAPlaceForDirectPeersAndDialThoseWithAnAddress() throws Exception {
    BlockingQueue<String> met = new LinkedBlockingQueue<>();
    String onePeer = "{\"trackers\":[],\"lan_discovery_enabled\":false,\"max_peers\":1}";
    try (MossNode stranger = started(MossNode.builder("m"));
        MossNode friend = started(MossNode.builder("m"));
        MossNode other = started(MossNode.builder("m"));
        MossNode node =
            started(
                MossNode.builder("m")
                    .config(onePeer.replace("}", ",\"dht_enabled\":false}"))
                    .onEvent(event -> met.add(event.type() + " " + event.detail().get("peer")))
                    .directPeer(friend.id())
                    .directPeer(other.id(), address(other)))) {
      assertEquals("PEER_JOINED " + other.id(), met.poll(20, TimeUnit.SECONDS));
      friend.connect(address(node));
      assertEquals("PEER_JOINED " + friend.id(), met.poll(20, TimeUnit.SECONDS));
      stranger.connectAsync(address(node)).handle((ok, e) -> 0).join();
      assertEquals(2, node.info().peerCount(), "a stranger is held to max_peers");
    }
  }

  @Test
  void shouldLetTheBuilderChangeTheEnginesParameters() {
    List<Integer> seen = new ArrayList<>();
    MossNodeBuilder builder =
        MossNode.builder("m")
            .config("{\"gossipsub\":{\"D\":5}}")
            .gossipSub(params -> params.withRates(RateParams.defaults()))
            .gossipSub(
                params -> {
                  seen.add(params.mesh().d());
                  return params;
                });
    try (MossNode node = builder.build()) {
      assertEquals(List.of(5), seen, "once, after the configuration: " + node.id());
    }
  }
}
