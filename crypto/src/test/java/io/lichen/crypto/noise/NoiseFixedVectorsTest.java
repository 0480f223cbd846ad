// SPDX-License-Identifier: Apache-2.0
package io.lichen.crypto.noise;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lichen.crypto.X25519;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The handshake hash of one handshake for each pattern, so that the module stands alone where the
 * published vectors are absent. Made by this engine when it passed those.
 */
class NoiseFixedVectorsTest {
  @ParameterizedTest
  @CsvSource({
    "XX, 74e5fc58a0dea6b43f15718d5241b6eed01adea1a4eeede7ad8802b146f74966",
    "IK, 28f8bb07fdbb5b26f80781bcc0acd34f38d348e27c555afd7c0b1ad4f4c1de5e",
    "XX_PSK0, 2fadabfa253508337decd9858e831f81c6813270ec691c35972456d96629e3b6",
    "IK_PSK0, 1e61b3f43d5c610004c1f5fbf5fd8024da59586eeb4a5ac18deab43fb6fa4535",
    "NK_PSK0, df3afb1a47b6e9383aa2e6f6dba8f2b5d9339fa9190653b8c188910993d84a96"
  })
  void shouldReachTheRecordedHandshakeHash(NoisePattern pattern, String hash) {
    NoiseHandshake initiator = side(pattern, true);
    NoiseHandshake responder = side(pattern, false);
    for (int index = 0; index < pattern.messageCount(); index++) {
      NoiseHandshake writer = index % 2 == 0 ? initiator : responder;
      NoiseHandshake reader = index % 2 == 0 ? responder : initiator;
      byte[] message = writer.writeMessage(("payload " + index).getBytes(UTF_8));
      reader.readMessage(message, 0, message.length);
    }
    assertEquals(hash, HexFormat.of().formatHex(initiator.handshakeHash()));
    assertEquals(hash, HexFormat.of().formatHex(responder.handshakeHash()));
  }

  private static NoiseHandshake side(NoisePattern pattern, boolean initiating) {
    byte[] own = HandshakePair.key((byte) (initiating ? 1 : 2));
    NoiseHandshakeBuilder builder =
        NoiseHandshake.builder(pattern)
            .initiator(initiating)
            .prologue("prologue".getBytes(UTF_8))
            .fixedEphemeral(HandshakePair.key((byte) (initiating ? 3 : 4)));
    if (pattern.needsLocalStatic(initiating)) {
      builder.localStatic(own, X25519.publicKey(own));
    }
    if (initiating && pattern.needsRemoteStatic()) {
      builder.remoteStatic(X25519.publicKey(HandshakePair.key((byte) 2)));
    }
    if (pattern.needsPsk()) {
      builder.psk(HandshakePair.key((byte) 5));
    }
    return builder.build();
  }
}
