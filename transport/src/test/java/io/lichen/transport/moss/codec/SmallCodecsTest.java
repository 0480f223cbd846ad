// SPDX-License-Identifier: Apache-2.0
package io.lichen.transport.moss.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.lichen.transport.Suite;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallCodecsTest {
  @Test
  void shouldPutStreamIdInFront() {
    assertArrayEquals(new byte[] {0, 0, 0, 1, 9}, MuxPacket.encode(1, new byte[] {9}));
    assertArrayEquals(new byte[] {-1, -1, -1, -2}, MuxPacket.encode(0xfffffffe, new byte[0]));
    assertEquals(0xfffffffe, MuxPacket.streamId(new byte[] {5, -1, -1, -1, -2}, 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:35045", "[2001:db8::1]:1", "0.0.0.0:0", "1.2.3.4:65535"})
  void shouldReadTheAddressThatItWrites(String text) {
    byte[] token = "0123456789abcdef".getBytes(US_ASCII);
    byte[] answer = Arrays.copyOf(token, 16 + text.length());
    System.arraycopy(text.getBytes(US_ASCII), 0, answer, 16, text.length());
    InetSocketAddress address = ObserveCodec.address(answer, 0, answer.length);

    assertNotNull(address);
    assertArrayEquals(answer, ObserveCodec.answer(token, 0, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.3.4",
        "1.2.3.4:",
        ":1",
        "1.2.3.4:65536",
        "1.2.3.4:-1",
        "1.2.3:1x",
        "localhost:1",
        "::1:1",
        "[1.2.3.4:1",
        "[::1]1",
        "1.2.3.4:000001"
      })
  void shouldReadNoOtherAddress(String text) {
    byte[] answer = new byte[16 + text.length()];
    System.arraycopy(text.getBytes(US_ASCII), 0, answer, 16, text.length());

    assertNull(ObserveCodec.address(answer, 0, answer.length));
  }

  @Test
  void shouldTakeAnyOctetsForAnAddress() {
    long seed = Suite.seed();
    Random random = new Random(seed);
    byte[] good = "0123456789abcdef[2001:db8::1]:4711".getBytes(US_ASCII);
    for (int i = 0; i < Suite.inputs(); i++) {
      byte[] input = Suite.mutate(random, good, 100);
      InetSocketAddress address = ObserveCodec.address(input, 0, input.length);
      if (address != null) {
        assertFalse(address.isUnresolved(), "seed " + seed + " input " + i);
      }
    }
  }
}
