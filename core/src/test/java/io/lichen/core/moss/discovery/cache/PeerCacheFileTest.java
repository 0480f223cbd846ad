// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.json.Fuzz;
import io.lichen.core.json.JsonException;
import io.lichen.core.moss.discovery.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeerCacheFileTest {

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it.
  Path folder;

  private static PeerCache.Entry entry(String address, long lastSeenUnix) {
    return new PeerCache.Entry(Endpoint.parse(address).orElseThrow(), lastSeenUnix);
  }

  private Path path() {
    return folder.resolve("peers.json");
  }

  private PeerCacheFile file() {
    return new PeerCacheFile(path());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldReadWhatItWrote() throws Exception {
    List<PeerCache.Entry> entries =
        List.of(entry("192.0.2.1:4000", 1_700_000_000), entry("[2001:db8::1]:1", 5));
    file().save(entries);
    assertEquals(entries, file().load());
    assertEquals(List.of("peers.json"), names(), "nothing else is left");
  }

  @Test
  void shouldHaveNothingWithoutAFile() throws Exception {
    assertEquals(List.of(), file().load());
  }

  @Test
  void shouldNotReplaceAFileByNothing() throws Exception {
    file().save(List.of(entry("192.0.2.1:4000", 1)));
    file().save(List.of());
    assertEquals(1, file().load().size());
  }

  @Test
  void shouldReadANativesFileWithoutItsPseudoAddresses() throws Exception {
    Files.writeString(
        path(),
        """
        [{"addr":"198.51.100.4:41030","last_seen_unix":1700000000,"more":[1,{}]},
         {"addr":"relay:abcd","last_seen_unix":1700000001},
         {"addr":"","last_seen_unix":1},{"last_seen_unix":2},{}]
        """);
    assertEquals(List.of(entry("198.51.100.4:41030", 1_700_000_000)), file().load());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "[1]",
        "{}",
        "[{\"addr\":1}]",
        "[{\"last_seen_unix\":1.5}]",
        "[] []",
        "[{\"addr\":\"192.0.2.1:1\",\"last_seen_unix\":1}"
      })
  void shouldPutAsideWhatItDoesNotUnderstand(String text) throws Exception {
    Files.writeString(path(), text);
    PeerCacheFile file = file();
    IOException refused = assertThrows(IOException.class, file::load);
    Path aside = folder.resolve("peers.json.corrupt-1");
    assertTrue(String.valueOf(refused.getMessage()).contains(aside.toString()));
    assertEquals(text, Files.readString(aside));
    file.save(List.of(entry("192.0.2.1:4000", 1)));
    assertEquals(1, file().load().size());
    Files.writeString(path(), text);
    assertThrows(IOException.class, () -> file().load());
    assertEquals(text, Files.readString(folder.resolve("peers.json.corrupt-2")));
  }

  @Test
  void shouldNotReadAFileThatIsTooLong() throws Exception {
    Files.write(path(), new byte[PeerCacheFile.MAX_BYTES + 1]);
    assertThrows(IOException.class, () -> file().load());
    assertEquals(List.of("peers.json.corrupt-1"), names());
  }

  @Test
  void shouldNotOverwriteWhatCouldNotBeReadAtAll() throws Exception {
    Files.createDirectory(path());
    PeerCacheFile file = file();
    assertThrows(IOException.class, file::load);
    file.save(List.of(entry("192.0.2.1:4000", 1)));
    assertTrue(Files.isDirectory(path()));
    assertEquals(List.of("peers.json"), names());
  }

  @Test
  void shouldForgetTheOldestWhenItIsFull() {
    PeerCache cache = new PeerCache(3);
    for (int i = 0; i < 10; i++) {
      cache.seen(Endpoint.parse("192.0.2." + i + ":1").orElseThrow(), i == 4 ? 100 : i);
    }
    assertEquals(
        List.of("192.0.2.4:1", "192.0.2.9:1", "192.0.2.8:1"),
        cache.newestFirst().stream().map(e -> e.address().toString()).toList());
    cache.seen(Endpoint.parse("0.0.0.0:1").orElseThrow(), 200);
    cache.seen(Endpoint.parse("192.0.2.1:0").orElseThrow(), 200);
    assertEquals(3, cache.newestFirst().size());
    assertFalse(cache.fresh(10, 110).isEmpty());
    assertTrue(cache.fresh(9, 110).isEmpty());
  }

  @Test
  void shouldReadOrRefuseWhateverStandsInTheFile() {
    byte[] text =
        PeerCacheCodec.encode(List.of(entry("192.0.2.1:4000", 1), entry("[2001:db8::1]:1", 5)));
    Fuzz.run(
        List.of(text),
        input -> {
          try {
            PeerCacheCodec.decode(input);
          } catch (JsonException e) {
            assertFalse(String.valueOf(e.getMessage()).isEmpty());
          }
        });
  }
}
