// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api.moss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lichen.core.moss.MossNode;
import io.lichen.gateway.http.HttpException;
import org.junit.jupiter.api.Test;

/** What the gateway's clients listen to. */
class ChannelsTest {
  @Test
  void shouldRefuseWhoComesWhenTheGatewayStops() {
    try (MossNode node = MossNode.builder("gateway-test").listen("127.0.0.1", 0).build()) {
      Channels channels = new Channels(node, new Audience());
      channels.remember("a");
      channels.close();
      HttpException refused = assertThrows(HttpException.class, () -> channels.join("b", false));
      assertEquals(503, refused.status());
      assertEquals("stopping", refused.code());
    }
  }
}
