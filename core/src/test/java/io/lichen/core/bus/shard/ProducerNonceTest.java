// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.bus.AdapterException;
import io.lichen.core.bus.EventBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProducerNonceTest {
  private final Path folder;

  ProducerNonceTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void shouldReadTheBytesOfTheFileFromTheLowestOn() throws Exception {
    Path file = write("018877665544332211");

    assertEquals(0x1122334455667788L, ProducerNonce.ofFile(file));
    assertEquals(1, ProducerNonce.ofFile(write("010000000000000000")), "0 stands for 1");
  }

  @Test
  void shouldMakeTheFileOnceAndLeaveNoOtherBehind() throws Exception {
    Path file = folder.resolve("nonce");

    long nonce = ProducerNonce.ofFile(file);

    assertNotEquals(0, nonce);
    assertEquals(nonce, ProducerNonce.ofFile(file));
    assertEquals(9, Files.size(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "028877665544332211", "01887766554433221100"})
  void shouldLeaveFilesAloneThatAreSomethingElse(String hex) throws Exception {
    Path file = write(hex);

    AdapterException e = assertThrows(AdapterException.class, () -> ProducerNonce.ofFile(file));

    assertEquals(AdapterException.Kind.FATAL, e.kind());
    assertArrayEquals(HexFormat.of().parseHex(hex), Files.readAllBytes(file));
  }

  @Test
  void shouldReportAPlaceThatCannotBeWritten() {
    assertThrows(
        AdapterException.class, () -> ProducerNonce.ofFile(folder.resolve("no/such/folder/nonce")));
  }

  @Test
  void shouldNameEventsByNonceShardSequenceAndPlace() {
    EventBatch batch = new EventBatch(7, -1, 0xabcL, new byte[2][], new long[2]);

    assertEquals("abc:7:18446744073709551615:1", batch.dedupId(1));
    assertThrows(IndexOutOfBoundsException.class, () -> batch.dedupId(2));
  }

  private Path write(String hex) throws Exception {
    return Files.write(folder.resolve("nonce"), HexFormat.of().parseHex(hex));
  }
}
