// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.identity.FileKeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who a node is, from whatever its builder was told. */
final class NetNodeBuilderTest {
  private static NetNodeBuilder builder() {
    return NetNode.builder().psk(new byte[32]);
  }

  @Test
  void shouldKeepIdentityAndStaticKeyInTheKeyStore(@TempDir Path folder) {
    Path file = folder.resolve("entity.key");
    try (NetNode first = builder().keyStore(new FileKeyStore(file)).build();
        NetNode second = builder().keyStore(new FileKeyStore(file)).build()) {
      assertEquals(first.entityId(), second.entityId());
      assertArrayEquals(first.publicKey(), second.publicKey());
    }
  }

  @Test
  void shouldHaveTheSameStaticKeyForTheSameSeed() {
    NetConfig config = NetConfig.defaults().withPsk(new byte[32]);
    byte[] seed = new byte[32];
    seed[0] = 7;
    try (NetNode first = NetNode.builder().config(config.withIdentitySeed(seed)).build();
        NetNode second = NetNode.builder().config(config.withIdentitySeed(seed)).build();
        NetNode other = NetNode.builder().config(config).build();
        NetNode another = NetNode.builder().config(config).build()) {
      assertArrayEquals(first.publicKey(), second.publicKey());
      assertFalse(Arrays.equals(first.publicKey(), other.publicKey()));
      assertFalse(Arrays.equals(other.publicKey(), another.publicKey()));
    }
  }

  @Test
  void shouldRefuseADamagedIdentityFileAndLeaveItAsItIs(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("entity.key");
    byte[] damaged = new byte[80];
    Files.write(file, damaged);
    NetNodeBuilder builder = builder().keyStore(new FileKeyStore(file));
    NetException refused = assertThrows(NetException.class, builder::build);
    assertEquals(NetError.IDENTITY, refused.error());
    assertTrue(String.valueOf(refused.getMessage()).contains(file.toString()));
    assertArrayEquals(damaged, Files.readAllBytes(file));
  }

  @Test
  void shouldNotBeBuiltWithoutAPreSharedKey() {
    assertEquals(
        NetError.MESH_INIT, assertThrows(NetException.class, NetNode.builder()::build).error());
  }
}
