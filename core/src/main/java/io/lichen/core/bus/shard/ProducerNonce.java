// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.AdapterException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;

/**
 * What tells the batches of one producer from those of others: a number other than 0, of the
 * process or, so that it outlives the process, of a file (docs/wire/net-event-bus.md, "Producer
 * nonce").
 */
public final class ProducerNonce {
  private static final byte VERSION = 1;
  private static final int FILE_BYTES = 1 + Long.BYTES;

  private ProducerNonce() {}

  /** The nonce of this process. */
  public static long ofProcess() {
    return Holder.OF_PROCESS;
  }

  private static final class Holder {
    static final long OF_PROCESS = random();
  }

  /** Reads the nonce of a file, or makes the file; a file that is something else is left alone. */
  public static long ofFile(Path file) throws AdapterException {
    try {
      return read(file);
    } catch (NoSuchFileException e) {
      try {
        return create(file);
      } catch (IOException f) {
        throw new AdapterException(Kind.FATAL, "cannot write producer nonce " + file, f);
      }
    } catch (IOException e) {
      throw new AdapterException(Kind.FATAL, "cannot read producer nonce " + file, e);
    }
  }

  private static long read(Path file) throws IOException, AdapterException {
    byte[] content;
    try (var in = Files.newInputStream(file)) {
      content = in.readNBytes(FILE_BYTES + 1);
    }
    if (content.length != FILE_BYTES || content[0] != VERSION) {
      throw new AdapterException(
          Kind.FATAL,
          "producer nonce "
              + file
              + ": expected "
              + FILE_BYTES
              + " bytes, the first of them 1, found another file");
    }
    return notZero(buffer(content).getLong(1));
  }

  private static long create(Path file) throws IOException {
    long nonce = random();
    byte[] content = new byte[FILE_BYTES];
    content[0] = VERSION;
    buffer(content).putLong(1, nonce);
    Path folder = file.toAbsolutePath().getParent();
    Path written = Files.createTempFile(folder, String.valueOf(file.getFileName()), ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(content));
        channel.force(true);
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
    return nonce;
  }

  private static ByteBuffer buffer(byte[] content) {
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long random() {
    return notZero(new SecureRandom().nextLong());
  }

  private static long notZero(long nonce) {
    return nonce == 0 ? 1 : nonce;
  }
}
