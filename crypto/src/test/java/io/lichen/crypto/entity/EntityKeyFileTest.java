// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.entity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.CryptoException;
import io.lichen.crypto.RandomInput;
import io.lichen.crypto.identity.FileKeyStore;
import io.lichen.crypto.identity.KeyStore;
import io.lichen.crypto.identity.MemoryKeyStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of {@code --identity}; what its store guarantees is KeyStoreTest's matter. */
class EntityKeyFileTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path file;

  EntityKeyFileTest(@TempDir Path folder) {
    file = folder.resolve("new/entity.key");
  }

  @Test
  void shouldCreateOnceAndLoadFromThenOn() throws IOException {
    EntityKeyPair created = EntityKeyPair.loadOrCreate(new FileKeyStore(file), RANDOM);
    EntityKeyPair loaded = EntityKeyPair.loadOrCreate(new FileKeyStore(file), RANDOM);
    assertEquals(created.id(), loaded.id());
    assertArrayEquals(created.seed(), loaded.seed());
    assertArrayEquals(created.staticKey(), loaded.staticKey());
    assertArrayEquals(created.encode(), Files.readAllBytes(file));
  }

  @Test
  void shouldHoldFormatSeedAndPublicKey() {
    EntityKeyPair keys = EntityKeyPair.ofSeed(new byte[32]);
    String expected =
        HexFormat.of().formatHex("lichen-entity-v1".getBytes(US_ASCII))
            + "00".repeat(32)
            + keys.id().hex();
    assertEquals(expected, HexFormat.of().formatHex(keys.encode()));
  }

  @Test
  void shouldLetOnlyTheOwnerRead() throws IOException {
    Assumptions.assumeTrue(
        file.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "SKIPPED: this file system has no POSIX permissions");
    EntityKeyPair.loadOrCreate(new FileKeyStore(file), RANDOM);
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void shouldTakeTheKeyOfWhoeverWasFaster() {
    EntityKeyPair others = EntityKeyPair.generate(new Random(1));
    MemoryKeyStore memory = new MemoryKeyStore();
    KeyStore raced =
        new KeyStore() {
          @Override
          public Optional<byte[]> load() {
            return memory.load();
          }

          @Override
          public void save(byte[] blob) {
            memory.save(blob);
          }

          @Override
          public boolean saveNew(byte[] blob) {
            memory.save(others.encode());
            return false;
          }
        };
    assertEquals(others.id(), EntityKeyPair.loadOrCreate(raced, RANDOM).id());
  }

  @Test
  void shouldRefuseAnotherFormatAndLeaveItUntouched() throws IOException {
    byte[] right = EntityKeyPair.generate(new Random(2)).encode();
    byte[] otherFormat = right.clone();
    otherFormat[15] = '2';
    refusedAndUntouched(otherFormat, "begins with \"lichen-entity-v1\"");
    refusedAndUntouched(Arrays.copyOf(right, 79), "has 80 octets, not 79");
    byte[] damaged = right.clone();
    damaged[20] ^= 1;
    refusedAndUntouched(damaged, "public key is not its seed's");
  }

  private void refusedAndUntouched(byte[] content, String reason) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Files.write(file, content);
    CryptoException refusal =
        assertThrows(
            CryptoException.class,
            () -> EntityKeyPair.loadOrCreate(new FileKeyStore(file), RANDOM));
    assertTrue(refusal.toString().contains(reason), refusal.toString());
    assertTrue(refusal.toString().contains("does not hold an entity key"), refusal.toString());
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void shouldRefuseRandomAndMutatedFiles() {
    Random random = RandomInput.seeded("entity key file");
    byte[] right = EntityKeyPair.generate(random).encode();
    for (int round = 0; round < RandomInput.count(); round++) {
      byte[] wrong = RandomInput.mutated(random, right, 100);
      if (!Arrays.equals(right, wrong)) {
        assertThrows(CryptoException.class, () -> EntityKeyBlob.decode(wrong));
      }
    }
  }
}
