// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.cache;

import io.lichen.core.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * The file of a peer cache. It is replaced as a whole, so that nobody ever sees half of it. A file
 * that cannot be understood is put aside, not overwritten. Not thread-safe.
 */
public final class PeerCacheFile {
  /** The longest file that is read: some 100 bytes for each of 10 000 entries. */
  static final int MAX_BYTES = 1 << 20;

  private static final int MAX_ASIDE = 100;

  private final Path path;
  private boolean unreadable;

  /** The file at this path; it need not exist. */
  public PeerCacheFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /**
   * The entries; none if there is no file.
   *
   * @throws IOException if it cannot be read, or not be understood; in the latter case it has been
   *     put aside, and the message says where
   */
  public List<PeerCache.Entry> load() throws IOException {
    unreadable = true;
    try {
      List<PeerCache.Entry> entries = PeerCacheCodec.decode(read());
      unreadable = false;
      return entries;
    } catch (NoSuchFileException e) {
      unreadable = false;
      return List.of();
    } catch (JsonException e) {
      throw new IOException(
          "the peer cache "
              + path
              + " is corrupt: "
              + e.getMessage()
              + " at byte "
              + e.offset()
              + "; "
              + putAside(),
          e);
    }
  }

  private byte[] read() throws IOException, JsonException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] text = in.readNBytes(MAX_BYTES + 1);
      if (text.length > MAX_BYTES) {
        throw new JsonException("expected at most " + MAX_BYTES + " bytes", MAX_BYTES);
      }
      return text;
    }
  }

  private String putAside() throws IOException {
    Path aside = freeName().orElse(null);
    if (aside == null) {
      throw new IOException(path + " is corrupt, and there are " + MAX_ASIDE + " such files");
    }
    Files.move(path, aside);
    unreadable = false;
    return "it is now " + aside;
  }

  private Optional<Path> freeName() {
    for (int i = 1; i <= MAX_ASIDE; i++) {
      Path name = path.resolveSibling(path.getFileName() + ".corrupt-" + i);
      if (Files.notExists(name)) {
        return Optional.of(name);
      }
    }
    return Optional.empty();
  }

  /**
   * Replaces the file; with no entries, and when what stands there could neither be read nor be put
   * aside, it is left as it is.
   */
  public void save(List<PeerCache.Entry> entries) throws IOException {
    if (entries.isEmpty() || unreadable) {
      return;
    }
    Path folder = path.getParent();
    if (folder == null) {
      throw new IOException("the path '" + path + "' of the peer cache names no file");
    }
    Path fresh = Files.createTempFile(folder, "peers-", ".tmp");
    try {
      Files.write(fresh, PeerCacheCodec.encode(entries));
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }
}
