// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.nat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lichen.nat.gateway.GatewayMapper;
import io.lichen.nat.gateway.GatewayOutput;
import io.lichen.nat.gateway.GatewaySettings;
import io.lichen.nat.gateway.PortMapping;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** With which nonces a node asks its routers. */
class NonceSecretTest {
  private static final InetAddress LOCAL = InetAddress.ofLiteral("192.0.2.20");
  private static final InetAddress ROUTER = InetAddress.ofLiteral("192.0.2.1");

  @Test
  void shouldAskAgainAfterACrashAsBefore() {
    byte[] key = {1, 2, 3};
    assertArrayEquals(
        firstRequest(NonceSecret.of(key), LOCAL, ROUTER),
        firstRequest(NonceSecret.of(key.clone()), LOCAL, ROUTER));
  }

  @Test
  void shouldAskOtherwiseAsAnotherNodeOrAnotherRouter() {
    NonceSecret secret = NonceSecret.of(new byte[] {1, 2, 3});
    byte[] asked = firstRequest(secret, LOCAL, ROUTER);
    for (byte[] other :
        List.of(
            firstRequest(NonceSecret.of(new byte[] {1, 2, 4}), LOCAL, ROUTER),
            firstRequest(NonceSecret.draw(new Random(5)), LOCAL, ROUTER),
            firstRequest(secret, LOCAL, InetAddress.ofLiteral("192.0.2.2")))) {
      assertFalse(Arrays.equals(asked, other));
    }
  }

  private static byte[] firstRequest(NonceSecret secret, InetAddress local, InetAddress router) {
    List<byte[]> sent = new ArrayList<>();
    GatewayOutput output =
        new GatewayOutput() {
          @Override
          public void send(byte[] datagram) {
            sent.add(datagram);
          }

          @Override
          public void onMapped(PortMapping mapping) {}

          @Override
          public void onUnmapped(String reason) {}

          @Override
          public void onRestarted() {}

          @Override
          public void onReleased() {}
        };
    GatewayMapper.pcp(
            41030, local, secret.nonces(local, router), GatewaySettings.defaults(), output)
        .start(0);
    return sent.getFirst();
  }
}
