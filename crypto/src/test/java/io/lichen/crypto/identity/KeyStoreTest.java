// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.crypto.CryptoException;
import io.lichen.crypto.PeerId;
import io.lichen.crypto.RandomInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Key stores, and what happens when what they hold is no identity. */
class KeyStoreTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path folder;

  KeyStoreTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void shouldCreateOnceAndLoadFromThenOn() {
    for (KeyStore store : List.of(new MemoryKeyStore(), new FileKeyStore(folder.resolve("id")))) {
      assertEquals(Optional.empty(), store.load());
      Identity created = Identities.loadOrCreate(store, RANDOM);
      assertArrayEquals(created.encode(), store.load().orElseThrow());
      assertEquals(created.peerId(), Identities.loadOrCreate(store, RANDOM).peerId());
    }
  }

  /** As many nodes that are started at one moment on one key file, in processes of their own. */
  @Test
  void shouldBecomeOneNodeHoweverManyStartAtOnce() throws Exception {
    int starters = 8;
    for (int round = 0; round < 20; round++) {
      Path file = folder.resolve("new/folder/id-" + round);
      CountDownLatch start = new CountDownLatch(1);
      List<Future<PeerId>> nodes = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(starters)) {
        for (int i = 0; i < starters; i++) {
          nodes.add(threads.submit(() -> createAfter(start, new FileKeyStore(file))));
        }
        start.countDown();
      }
      PeerId stored = Identity.decode(Files.readAllBytes(file)).peerId();
      for (Future<PeerId> node : nodes) {
        assertEquals(stored, node.get());
      }
      assertEquals(round + 1, list(file.resolveSibling("")).size(), "something was left over");
    }
  }

  private static PeerId createAfter(CountDownLatch start, KeyStore store)
      throws InterruptedException {
    start.await();
    return Identities.loadOrCreate(store, RANDOM).peerId();
  }

  @Test
  void shouldNotSaveANewIdentityOverAnother() throws IOException {
    Path file = folder.resolve("id");
    for (KeyStore store : List.of(new MemoryKeyStore(), new FileKeyStore(file))) {
      assertTrue(store.saveNew(new byte[] {1}));
      assertFalse(store.saveNew(new byte[] {2}));
      assertArrayEquals(new byte[] {1}, store.load().orElseThrow());
    }
    assertEquals(List.of(file), list(folder));
  }

  @Test
  void shouldCreateWhereALinkPointsTo() throws IOException {
    assumePosix();
    Path target = folder.resolve("target");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    assertTrue(new FileKeyStore(link).saveNew(new byte[] {1}));
    assertArrayEquals(new byte[] {1}, Files.readAllBytes(target));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(target));
  }

  @Test
  void shouldMakeTheFoldersAndLeaveNothingBesideTheFile() throws IOException {
    Path file = folder.resolve("a/b/identity.key");
    new FileKeyStore(file).save(new byte[] {1, 2});
    new FileKeyStore(file).save(new byte[] {3});
    assertArrayEquals(new byte[] {3}, Files.readAllBytes(file));
    assertEquals(List.of(file), list(file.resolveSibling("")));
  }

  @Test
  void shouldLetOnlyTheOwnerRead() throws IOException {
    assumePosix();
    Path file = folder.resolve("id");
    Files.write(file, new byte[] {1});
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    new FileKeyStore(file).save(new byte[] {2});
    assertEquals(PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file));
  }

  @Test
  void shouldReplaceWhatALinkPointsTo() throws IOException {
    assumePosix();
    Path target = folder.resolve("target");
    Files.write(target, new byte[] {1});
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    new FileKeyStore(link).save(new byte[] {2});
    assertTrue(Files.isSymbolicLink(link));
    assertArrayEquals(new byte[] {2}, Files.readAllBytes(target));
  }

  @Test
  void shouldKeepTheOldContentAndNoRemainsWhenSavingFails() throws IOException {
    Path file = Files.createDirectory(folder.resolve("id"));
    Files.write(file.resolve("occupied"), new byte[] {1});
    CryptoException failure =
        assertThrows(CryptoException.class, () -> new FileKeyStore(file).save(new byte[] {2}));
    assertTrue(failure.toString().contains(file.toString()), failure.toString());
    assertEquals(List.of(file), list(folder));
  }

  /** A reader at any moment sees one blob or the other, as a process after a crash would. */
  @Test
  void shouldNeverShowAHalfWrittenFile() throws InterruptedException {
    FileKeyStore store = new FileKeyStore(folder.resolve("id"));
    byte[][] blobs = {new byte[129], new byte[129]};
    Arrays.fill(blobs[1], (byte) 1);
    store.save(blobs[0]);
    AtomicBoolean writing = new AtomicBoolean(true);
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int round = 0; round < 200; round++) {
                    store.save(blobs[round % 2]);
                  }
                  writing.set(false);
                });
    while (writing.get() && writer.isAlive()) {
      byte[] seen = store.load().orElseThrow();
      assertTrue(Arrays.equals(seen, blobs[0]) || Arrays.equals(seen, blobs[1]));
    }
    writer.join();
    assertEquals(false, writing.get());
  }

  @Test
  void shouldRefuseACorruptFileAndLeaveItUntouched() throws IOException {
    byte[] right = Identity.generate(RANDOM).encode();
    byte[] otherVersion = right.clone();
    otherVersion[0] = 9;
    refusedAndUntouched(otherVersion, "has version 1 (its version octet is 9)");
    refusedAndUntouched(
        Arrays.copyOf(right, 57), "has 129 octets, not 57 (its version octet is 1)");
    refusedAndUntouched(new byte[0], "has 129 octets, not 0");
    refusedAndUntouched(new byte[5000], "more than 4096 octets");
    byte[] mismatch = right.clone();
    mismatch[40] ^= 1;
    refusedAndUntouched(mismatch, "Ed25519 public key is not its seed's");
  }

  private void refusedAndUntouched(byte[] content, String reason) throws IOException {
    Path file = folder.resolve("corrupt.key");
    Files.write(file, content);
    CryptoException refusal =
        assertThrows(
            CryptoException.class, () -> Identities.loadOrCreate(new FileKeyStore(file), RANDOM));
    assertTrue(refusal.toString().contains(reason), refusal.toString());
    assertTrue(refusal.toString().contains(file.toString()), refusal.toString());
    assertTrue(refusal.toString().contains("left untouched"), refusal.toString());
    assertArrayEquals(content, Files.readAllBytes(file));
  }

  @Test
  void shouldNeverOverwriteRandomContent() {
    Random random = RandomInput.seeded("key store");
    for (int round = 0; round < RandomInput.count(); round++) {
      byte[] content = RandomInput.mutated(random, new byte[IdentityBlob.BYTES], 300);
      MemoryKeyStore store = new MemoryKeyStore();
      store.save(content);
      assertThrows(CryptoException.class, () -> Identities.loadOrCreate(store, RANDOM));
      assertArrayEquals(content, store.load().orElseThrow());
    }
  }

  @Test
  void shouldReportAFileThatCannotBeRead() {
    CryptoException failure =
        assertThrows(CryptoException.class, () -> new FileKeyStore(folder).load());
    assertTrue(failure.toString().contains(folder.toString()), failure.toString());
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private void assumePosix() {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "SKIPPED: this file system has no POSIX permissions");
  }
}
