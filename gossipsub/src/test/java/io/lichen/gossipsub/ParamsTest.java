// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ParamsTest {
  @Test
  void shouldHaveTheDefaultsOfTheNatives() {
    MeshParams mesh = MeshParams.defaults();

    assertEquals(6, mesh.d());
    assertEquals(4, mesh.dLo());
    assertEquals(12, mesh.dHigh());
    assertEquals(2, mesh.dOut());
    assertEquals(6, mesh.dLazy());
    assertEquals(1000, mesh.heartbeatMs());
  }

  @Test
  void shouldNameFieldValueAndRange() {
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new MeshParams(6, 7, 12, 2, 6, 1000, 30_000, 30_000, 60, false));

    assertEquals("dLo is 7, must be in 1..6", error.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new CacheParams(120_000, 1, 4096, 1, 1, 1, 1, 1, 1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GossipParams(true, true, true, Double.NaN, 3, 1, 1, 1, 1, 1, 1, 1, 1, 0, false));
  }

  @Test
  void shouldRefuseScoresThatRewardTheWrong() {
    assertThrows(
        IllegalArgumentException.class, () -> new ScoreParams.InvalidMessage(10, 2, 120_000));
    assertThrows(
        IllegalArgumentException.class, () -> new ScoreParams.FirstDelivery(-1, 50, 60_000));
    assertThrows(IllegalArgumentException.class, () -> new ScoreParams.Colocation(-5, 3, 4));
    assertThrows(IllegalArgumentException.class, () -> new ScoreParams.Behaviour(1, 0, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new ScoreParams.TimeInMesh(Double.NaN, 1, false));
    Exception error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new ScoreParams.MeshDelivery(-1, -1, 2, 10, 9, 0, 0, 0, true));

    assertEquals("meshDelivery.cap is 9.0, must be in 10.0..1.0E9", error.getMessage());
  }

  @Test
  void shouldRefuseLimitsThatLetNothingThrough() {
    assertThrows(IllegalArgumentException.class, () -> new RateParams(0, 1, 1, 1, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new RateParams(1, 1, 1, 1, 1, 1, 0));
  }

  @Test
  void shouldBringAConfigurationIntoRange() {
    MeshParams mesh = MeshParams.adjusted(3, 9, 1, 8, 5000, 1);

    assertEquals(new MeshParams(3, 3, 3, 3, 1000, 10, 30_000, 30_000, 60, false), mesh);
  }

  @Test
  void shouldRefuseMoreTopicsThanTheBound() {
    CacheParams caches = new CacheParams(120_000, 1024, 1, 1, 2, 1, 1, 1, 1, 1);
    Fixture fixture = new Fixture(GossipSubParams.defaults().withCaches(caches));
    fixture.engine.subscribe("a", 0);
    fixture.engine.subscribe("b", 0);

    assertThrows(GossipSubException.class, () -> fixture.engine.subscribe("c", 0));
    assertFalse(fixture.engine.subscribe("a", 0));
    fixture.engine.unsubscribe("a", 0);
    fixture.engine.subscribe("c", 0);
  }
}
