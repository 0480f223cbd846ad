// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.FileKeyStore;
import io.lichen.crypto.identity.MemoryKeyStore;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
