// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.identity;

import io.lichen.crypto.CryptoException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
 * mixture. A new file appears complete, and of several processes that make it at once one is first,
 * where the file system has hard links. Thread-safe as far as the file system is.
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
      Path target = target();
      write(target, blob, temporary -> replace(temporary, target));
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public boolean saveNew(byte[] blob) {
    try {
      Path target = target();
      write(target, blob, temporary -> createFrom(temporary, target));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public String description() {
    return "key store file " + file;
  }

  private CryptoException failure(IOException e) {
    return new CryptoException("cannot write " + description() + ": " + e, e);
  }

  /** Replacing a symbolic link would leave the file it points to behind. */
  private Path target() throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    return Files.isSymbolicLink(file)
        ? file.resolveSibling(Files.readSymbolicLink(file)).normalize()
        : file;
  }

  /** Gives a file that is complete its name. */
  private interface Naming {
    void name(Path complete) throws IOException;
  }

  private static void write(Path target, byte[] blob, Naming naming) throws IOException {
    Path folder = Files.createDirectories(target.resolveSibling("")).toAbsolutePath();
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
      naming.name(temporary);
      syncFolder(folder);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void replace(Path complete, Path target) throws IOException {
    Files.move(
        complete, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** A second name is given to a file only if nobody has the name: that decides who is first. */
  private static void createFrom(Path complete, Path target) throws IOException {
    try {
      Files.createLink(target, complete);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      // Without such links the last of two that look at the same moment wins.
      Files.move(complete, target);
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
