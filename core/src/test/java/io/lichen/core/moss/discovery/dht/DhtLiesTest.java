// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.DhtWorld.Member;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import io.lichen.core.moss.discovery.dht.Liar.Lie;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes among honest ones that are not; the seed is part of every failure. */
class DhtLiesTest {
  private static final long SEED = Long.getLong("lichen.seed", System.nanoTime());
  private static final int HONEST = 60;
  private static final NodeId MESH = new NodeId(0x1234, 0x5678, 0x9abc);

  /** One search, its announces, and one for neighbours. */
  private static final int MAX_ASKED = 2 * Lookup.MAX_QUESTIONS + 40;

  private final DhtWorld world = new DhtWorld(SEED);

  private void lie(Lie... lies) {
    for (Lie lie : lies) {
      Liar liar = new Liar(world, world.newEndpoint(), NodeId.random(world.random), lie);
      for (Member member : List.copyOf(world.members)) {
        world.after(world.random.nextLong(60_000_000_000L), () -> liar.greet(member.endpoint));
      }
    }
  }

  private List<Endpoint> first() {
    return List.of(world.members.getFirst().endpoint);
  }

  private void shouldFind(Member peer) {
    Member seeker = world.join(MESH, first());
    world.run(Duration.ofSeconds(70));
    assertTrue(seeker.found.contains(peer.peer), "seed " + SEED);
    assertTrue(seeker.counters.searches.sum() >= 1, "the search ends, seed " + SEED);
    assertTrue(seeker.counters.asked.sum() <= MAX_ASKED, seeker.counters.asked + ", seed " + SEED);
    for (String host : Liar.FORBIDDEN) {
      assertFalse(seeker.found.contains(DhtWorld.endpoint(host, 22)), host + ", seed " + SEED);
      assertFalse(seeker.sentTo.contains(DhtWorld.endpoint(host, 22)), host + ", seed " + SEED);
    }
    assertTrue(seeker.sentTo.stream().noneMatch(to -> to.port() == 0), "seed " + SEED);
  }

  @ParameterizedTest
  @EnumSource(Lie.class)
  void shouldFindPeersAmongLiarsOfOneKind(Lie lie) {
    world.populate(HONEST);
    world.run(Duration.ofMinutes(2));
    for (int i = 0; i < HONEST / 3; i++) {
      lie(lie);
    }
    world.run(Duration.ofMinutes(2));
    Member peer = world.join(MESH, first());
    world.run(Duration.ofMinutes(3));
    shouldFind(peer);
    if (lie == Lie.ANOTHER_SENDER || lie == Lie.ANOTHER_TRANSACTION) {
      long strays = world.members.stream().mapToLong(m -> m.counters.strayAnswers.sum()).sum();
      assertTrue(strays > 0, "an answer from elsewhere counts, seed " + SEED);
    }
  }

  @Test
  void shouldFindPeersAmongLiarsOfAllKinds() {
    world.populate(HONEST);
    world.run(Duration.ofMinutes(2));
    for (int i = 0; i < 3; i++) {
      lie(Lie.values());
    }
    world.run(Duration.ofMinutes(2));
    Member peer = world.join(MESH, first());
    world.run(Duration.ofMinutes(3));
    shouldFind(peer);
    for (Member member : world.members) {
      assertTrue(member.counters.nodes.get() < HONEST + 30, "seed " + SEED);
    }
  }

  @Test
  void shouldCountAHostWithAThousandIdsOnce() {
    world.populate(HONEST);
    world.run(Duration.ofMinutes(2));
    Endpoint host = world.newEndpoint();
    List<Liar> faces = new ArrayList<>();
    for (int port = 1; port <= 1000; port++) {
      Endpoint endpoint = new Endpoint(host.host(), port);
      faces.add(new Liar(world, endpoint, Liar.faceId(MESH, port), Lie.OWN_FACES));
    }
    for (Liar face : faces) {
      Member member = world.members.get(world.random.nextInt(HONEST));
      world.after(world.random.nextLong(60_000_000_000L), () -> face.greet(member.endpoint));
    }
    world.run(Duration.ofMinutes(2));
    Member peer = world.join(MESH, first());
    world.run(Duration.ofMinutes(3));
    shouldFind(peer);
    long known = peer.sentTo.stream().filter(to -> to.host().equals(host.host())).count();
    assertTrue(known <= 8, "asks " + known + " faces of one host, seed " + SEED);
  }

  /** What a stranger asks of a node, with the answers. */
  private final class Stranger implements DhtWorld.Receiver {
    final Endpoint endpoint = world.newEndpoint();
    final List<Krpc> answers = new ArrayList<>();
    final AtomicLong octets = new AtomicLong();

    Stranger() {
      world.put(endpoint, this);
    }

    @Override
    public void receive(Endpoint from, byte[] datagram) {
      octets.addAndGet(datagram.length);
      try {
        Krpc message = KrpcDecoder.decode(datagram);
        if (!(message instanceof Krpc.Query)) {
          answers.add(message);
        }
      } catch (KrpcException e) {
        throw new AssertionError(e);
      }
    }

    long ask(Endpoint node, Ask ask) {
      byte[] datagram =
          KrpcEncoder.encode(
              new Krpc.Query(new byte[] {1, 2}, NodeId.random(world.random), ask, true));
      world.send(endpoint, node, datagram);
      return datagram.length;
    }

    byte[] tokenOf(Endpoint node) {
      Krpc.Response response = (Krpc.Response) answer(node, new Ask.GetPeers(MESH));
      return Objects.requireNonNull(response.token());
    }

    Krpc answer(Endpoint node, Ask ask) {
      answers.clear();
      ask(node, ask);
      world.run(Duration.ofSeconds(1));
      return answers.getFirst();
    }
  }

  @Test
  void shouldTakeNoAnnounceWithoutItsToken() {
    world.populate(1);
    Member node = world.members.getFirst();
    Stranger honest = new Stranger();
    Stranger thief = new Stranger();
    byte[] token = honest.tokenOf(node.endpoint);
    Ask.AnnouncePeer announce = new Ask.AnnouncePeer(MESH, 7, false, token);
    assertEquals(203, ((Krpc.Failure) thief.answer(node.endpoint, announce)).code());
    Ask portless = new Ask.AnnouncePeer(MESH, 0, false, token);
    assertEquals(203, ((Krpc.Failure) honest.answer(node.endpoint, portless)).code());
    assertEquals(0, node.counters.storedPeers.get());
    assertTrue(honest.answer(node.endpoint, announce) instanceof Krpc.Response);
    world.run(Duration.ofMinutes(11));
    assertEquals(203, ((Krpc.Failure) honest.answer(node.endpoint, announce)).code(), "too old");
    Krpc.Response response = (Krpc.Response) thief.answer(node.endpoint, new Ask.GetPeers(MESH));
    assertEquals(List.of(new Endpoint(honest.endpoint.host(), 7)), response.values());
  }

  @Test
  void shouldNotBeAnAmplifier() {
    world.populate(HONEST);
    world.run(Duration.ofMinutes(2));
    Member node = world.members.getFirst();
    for (int i = 0; i < PeerStore.MAX_PEERS; i++) {
      Stranger peer = new Stranger();
      byte[] token = peer.tokenOf(node.endpoint);
      peer.answer(node.endpoint, new Ask.AnnouncePeer(MESH, 7, false, token));
    }
    Stranger victim = new Stranger();
    long asked = 0;
    int questions = 10_000;
    for (int i = 0; i < questions; i++) {
      asked += victim.ask(node.endpoint, new Ask.GetPeers(MESH));
    }
    world.run(Duration.ofSeconds(1));
    assertTrue(victim.answers.size() <= 60, victim.answers.size() + " answers");
    long longest = victim.octets.get() / victim.answers.size();
    assertTrue(longest <= 6 * asked / questions, longest + " octets for " + asked / questions);
  }

  @Test
  void shouldAskBackOnlySoManyStrangers() {
    world.populate(1);
    Member node = world.members.getFirst();
    for (int i = 0; i < 5000; i++) {
      Endpoint stranger = world.newEndpoint();
      NodeId id = NodeId.random(world.random);
      Krpc.Query query = new Krpc.Query(new byte[] {1}, id, new Ask.Ping(), false);
      world.send(stranger, node.endpoint, KrpcEncoder.encode(query));
    }
    world.run(Duration.ofMillis(500));
    assertTrue(node.counters.asked.sum() <= 64, node.counters.asked + " asked back");
    assertTrue(node.counters.served.sum() <= 500, node.counters.served + " answered");
    world.run(Duration.ofMinutes(1));
    assertEquals(0, node.counters.nodes.get(), "none of them has answered");
  }
}
