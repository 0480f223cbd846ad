// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lichen.core.topic.engine.Cursors.Cursor;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@link Cursors} over restarts, together with a place in the own log as it was by then: what
 * they say holds only for a log that still has that. Losing the file costs nothing but looking
 * through the logs of peers again.
 */
final class CursorFile {
  private static final String TITLE = "lichen-topic-cursors 1";
  private static final HexFormat HEX = HexFormat.of();
  private static final int FIELDS = 3;

  private final Path path;

  CursorFile(Path path) {
    this.path = path;
  }

  /**
   * What was kept.
   *
   * @return {@code null} if there is nothing, or it is damaged, or the log is not the one of then
   */
  @Nullable Map<String, Cursor> load(TopicLog log) throws IOException {
    try {
      return parse(Files.readAllLines(path, US_ASCII), log);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
  }

  private static @Nullable Map<String, Cursor> parse(List<String> lines, TopicLog log) {
    if (lines.size() < 2 || !lines.get(0).equals(TITLE)) {
      return null;
    }
    Cursor own = cursor(fields(lines.get(1)));
    if (!own.equals(place(log, own.next()))) {
      return null;
    }
    Map<String, Cursor> cursors = new LinkedHashMap<>();
    for (String line : lines.subList(2, lines.size())) {
      String[] fields = fields(line);
      cursors.put(fields[0], cursor(fields));
    }
    return cursors;
  }

  private static String[] fields(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not three words: " + line);
    }
    return fields;
  }

  private static Cursor cursor(String[] fields) {
    return new Cursor(Long.parseLong(fields[1]), TopicKey.of(padded(HEX.parseHex(fields[2]))));
  }

  private static byte[] padded(byte[] key) {
    if (key.length != TopicKey.BYTES) {
      throw new IllegalArgumentException("not a key");
    }
    return key;
  }

  /** The place before this number in the own log, if it reaches so far. */
  private static Cursor place(TopicLog log, long next) {
    if (next <= 0 || next > log.nextSeq()) {
      return Cursor.START;
    }
    return new Cursor(next, log.held(next - 1, 1).getFirst().key());
  }

  /** Keeps them, in place of what was kept, at once or not at all. */
  void save(Cursors cursors, TopicLog log) throws IOException {
    List<String> lines = new ArrayList<>(List.of(TITLE, line("own", place(log, log.nextSeq()))));
    cursors.all().forEach((peer, cursor) -> lines.add(line(peer, cursor)));
    Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
    Files.write(fresh, lines, US_ASCII);
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String line(String peer, Cursor cursor) {
    TopicKey key = cursor.check();
    String hex = HEX.toHexDigits(key.first()) + HEX.toHexDigits(key.second());
    return peer + " " + cursor.next() + " " + hex;
  }
}
