// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The files below a folder, read anew for each request. Symbolic links may not lead out of it. */
public final class FolderFiles implements FileSource {
  private final Path root;

  /**
   * Of a folder.
   *
   * @throws IllegalArgumentException when there is none
   */
  public FolderFiles(Path folder) {
    try {
      root = folder.toRealPath();
    } catch (IOException e) {
      throw new IllegalArgumentException("'" + folder + "' is no folder that can be read", e);
    }
    if (!Files.isDirectory(root)) {
      throw new IllegalArgumentException("'" + folder + "' is no folder");
    }
  }

  @Override
  public @Nullable ServedFile find(SafePath path) {
    try {
      Path asked = root.resolve(path.name());
      Path real = asked.toRealPath();
      if (!isInside(real) || !isSpelled(asked)) {
        return null;
      }
      BasicFileAttributes file = Files.readAttributes(real, BasicFileAttributes.class);
      return file.isRegularFile()
          ? new ServedFile.OnDisk(real, file.size(), file.lastModifiedTime().toInstant())
          : null;
    } catch (IOException | InvalidPathException e) {
      // Not there, not to be read, or no name of this system: one answer for all of them.
      return null;
    }
  }

  private boolean isInside(Path real) {
    if (!real.startsWith(root)) {
      return false;
    }
    for (Path name : root.relativize(real)) {
      if (name.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  /** Other letter case and short names would walk around middleware that guards a path. */
  private static boolean isSpelled(Path asked) throws IOException {
    return asked.toRealPath(LinkOption.NOFOLLOW_LINKS).toString().equals(asked.toString());
  }
}
