// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Keeps the blob in a file that only its owner may read (mode 0600 where the file system has
 * modes).
 *
 * <p>Saving replaces the file as a whole: a crash leaves the old content or the new one, never a
 * mixture. Thread-safe as far as the file system is.
 */
public final class FileKeyStore implements KeyStore {
  // Far above any identity; keeps a file named by mistake from being read into memory.
  private static final int MAX_BYTES = 4096;

  private final Path file;

  /** A store in this file, which need not exist; its folder is made when the blob is saved. */
  public FileKeyStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public Optional<byte[]> load() {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] blob = in.readNBytes(MAX_BYTES + 1);
      if (blob.length > MAX_BYTES) {
        throw new CryptoException(
            description() + " has more than " + MAX_BYTES + " octets and is left untouched");
      }
      return Optional.of(blob);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new CryptoException("cannot read " + description() + ": " + e, e);
    }
  }

  @Override
  public void save(byte[] blob) {
    try {
      // Replacing a symbolic link would leave the file it points to behind.
      Path target = Files.exists(file) ? file.toRealPath() : file;
      Path folder = Files.createDirectories(target.resolveSibling("")).toAbsolutePath();
      replace(folder, target, blob);
    } catch (IOException e) {
      throw new CryptoException("cannot write " + description() + ": " + e, e);
    }
  }

  @Override
  public String description() {
    return "key store file " + file;
  }

  private static void replace(Path folder, Path target, byte[] blob) throws IOException {
    // Temporary files are made with mode 0600, so the secret is never readable by others.
    Path temporary = Files.createTempFile(folder, ".identity", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(blob);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      syncFolder(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Makes the new name survive a power failure; Windows cannot open folders and needs no such. */
  private static void syncFolder(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
