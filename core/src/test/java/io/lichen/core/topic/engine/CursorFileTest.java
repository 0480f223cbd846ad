// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.core.topic.engine.Cursors.Cursor;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorFileTest {
  private final Redex redex = Redex.inMemory();
  private final Cursors cursors = new Cursors();
  private final Path path;
  private final CursorFile file;

  CursorFileTest(@TempDir Path directory) {
    path = directory.resolve("cursors");
    file = new CursorFile(path);
    cursors.set("aa", new Cursor(7, new TopicKey(-1, 5)));
    cursors.set("bb", new Cursor(8, TopicKey.NONE));
  }

  @AfterEach
  void close() {
    redex.close();
  }

  private TopicLog log(String name, String... texts) {
    TopicLog log =
        new TopicLog(redex.open(name, RedexConfig.inMemory()), 100, () -> 0, new TopicCounters());
    for (String text : texts) {
      log.append(TestRecords.of(text, 0));
    }
    return log;
  }

  @Test
  void shouldHaveWhatItKept() throws Exception {
    TopicLog log = log("t", "one", "two");
    file.save(cursors, log);
    assertEquals(cursors.all(), file.load(log));
    log.append(TestRecords.of("three", 0));
    assertEquals(cursors.all(), file.load(log));
  }

  @Test
  void shouldHaveNothingForALogThatLostItsEndOrIsAnother() throws Exception {
    file.save(cursors, log("t", "one", "two"));
    assertNull(file.load(log("shorter", "one")));
    assertNull(file.load(log("other", "one", "zwei")));
    assertNull(file.load(log("empty")));
  }

  @Test
  void shouldHaveNothingIfTheFileIsMissingOrDamaged() throws Exception {
    TopicLog log = log("t", "one");
    assertNull(file.load(log));
    file.save(cursors, log);
    List<String> good = Files.readAllLines(path);
    for (int line = 0; line < good.size(); line++) {
      for (String bad : List.of("", "x", "aa 7", "aa x 00", "aa 7 00", "aa 7 zz", "ä ä ä")) {
        List<String> lines = new ArrayList<>(good);
        lines.set(line, bad);
        Files.write(path, lines);
        assertNull(file.load(log), "line " + line + " is " + bad);
      }
    }
  }

  @Test
  void shouldForgetThePeerNotTouchedForLongest() {
    for (int i = 0; i < TopicLimits.MAX_CURSORS - 1; i++) {
      cursors.set("peer" + i, new Cursor(i, TopicKey.NONE));
    }
    assertEquals(Cursor.START, cursors.of("aa"));
    assertEquals(8, cursors.of("bb").next());
  }
}
