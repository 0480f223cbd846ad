// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Files of the class path, kept in memory, in gzip as well, once they have been asked for. */
public final class ResourceFiles implements FileSource {
  private final Class<?> anchor;
  private final String folder;

  /** Of what is there alone: as many as the program has resources. */
  private final Map<String, ServedFile> cache = new ConcurrentHashMap<>();

  /**
   * Below a folder.
   *
   * @param anchor whose module has the resources
   * @param folder absolute: {@code /org/example/page}
   */
  public ResourceFiles(Class<?> anchor, String folder) {
    if (!folder.startsWith("/") || folder.endsWith("/")) {
      throw new IllegalArgumentException(
          "'" + folder + "' does not begin with a slash, or ends with one");
    }
    this.anchor = anchor;
    this.folder = folder;
  }

  @Override
  public @Nullable ServedFile find(SafePath path) {
    ServedFile known = cache.get(path.name());
    if (known != null) {
      return known;
    }
    ServedFile file = read(path.name());
    if (file != null) {
      cache.put(path.name(), file);
    }
    return file;
  }

  private @Nullable ServedFile read(String name) {
    URL url = anchor.getResource(folder + "/" + name);
    try {
      if (url == null || isFolder(url, name)) {
        return null;
      }
      try (InputStream in = url.openStream()) {
        return served(name, in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServedFile served(String name, byte[] bytes) {
    String digest = digest(bytes);
    byte[] packed = Gzip.packed(bytes, FileTypes.of(name));
    ServedFile gzipped =
        packed == null ? null : new ServedFile.InMemory(packed, '"' + digest + "-gzip\"", null);
    return new ServedFile.InMemory(bytes, '"' + digest + '"', gzipped);
  }

  /** Class loaders give the names in a folder, or nothing, as if that were its content. */
  private static boolean isFolder(URL url, String name) throws IOException {
    if (url.getProtocol().equals("file")) {
      Path file = Path.of(uri(url));
      return !Files.isRegularFile(file)
          || !slashed(file.toRealPath(LinkOption.NOFOLLOW_LINKS)).endsWith("/" + name);
    }
    URLConnection connection = url.openConnection();
    return connection instanceof JarURLConnection jar && jar.getJarEntry().isDirectory();
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
