// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.dht;

import io.lichen.core.moss.discovery.Endpoint;
import io.lichen.core.moss.discovery.dht.Krpc.Ask;
import java.util.ArrayList;
import java.util.List;

/** A node that answers pings as it should, so that others keep it, and everything else by a lie. */
final class Liar implements DhtWorld.Receiver {
  /** What it does. */
  enum Lie {
    GARBAGE,
    DEAD_NODES,
    FORBIDDEN_ADDRESSES,
    ENDLESS_LISTS,
    OWN_FACES,
    ANOTHER_ID,
    ANOTHER_TRANSACTION,
    ANOTHER_SENDER,
    SILENCE
  }

  static final List<String> FORBIDDEN =
      List.of(
          "127.0.0.1",
          "10.1.2.3",
          "192.168.1.1",
          "172.16.5.5",
          "100.64.1.1",
          "169.254.9.9",
          "224.0.0.251",
          "239.255.77.77",
          "0.0.0.0",
          "255.255.255.255");

  private static final byte[] TOKEN = {1};

  final Endpoint endpoint;
  final NodeId id;
  private final DhtWorld world;
  private final Lie lie;

  Liar(DhtWorld world, Endpoint endpoint, NodeId id, Lie lie) {
    this.world = world;
    this.endpoint = endpoint;
    this.id = id;
    this.lie = lie;
    world.put(endpoint, this);
  }

  /** Makes itself known to a node. */
  void greet(Endpoint node) {
    world.send(
        endpoint,
        node,
        KrpcEncoder.encode(new Krpc.Query(new byte[] {7}, id, new Ask.Ping(), false)));
  }

  @Override
  public void receive(Endpoint from, byte[] datagram) {
    try {
      if (KrpcDecoder.decode(datagram) instanceof Krpc.Query query) {
        answer(query, from);
      }
    } catch (KrpcException e) {
      throw new AssertionError("honest nodes speak well", e);
    }
  }

  private void answer(Krpc.Query query, Endpoint to) {
    if (query.ask() instanceof Ask.Ping) {
      send(endpoint, to, query.transaction(), id, List.of(), List.of());
      return;
    }
    NodeId target =
        switch (query.ask()) {
          case Ask.FindNode find -> find.target();
          case Ask.GetPeers get -> get.infoHash();
          default -> id;
        };
    switch (lie) {
      case GARBAGE -> {
        byte[] noise = new byte[world.random.nextInt(1, 1500)];
        world.random.nextBytes(noise);
        world.send(endpoint, to, noise);
      }
      case DEAD_NODES -> lieOf(query, to, dead(target), List.of());
      case FORBIDDEN_ADDRESSES -> lieOf(query, to, forbidden(target, to), peersAt(to));
      case ENDLESS_LISTS -> lieOf(query, to, endless(target), List.of());
      case OWN_FACES -> lieOf(query, to, faces(target), List.of());
      case ANOTHER_ID -> {
        NodeId other = near(target);
        send(endpoint, to, query.transaction(), other, dead(target), peersAt(to));
      }
      case ANOTHER_TRANSACTION -> {
        byte[] guessed = new byte[4];
        world.random.nextBytes(guessed);
        send(endpoint, to, guessed, id, dead(target), peersAt(to));
      }
      case ANOTHER_SENDER -> {
        Endpoint other = new Endpoint(endpoint.host(), endpoint.port() + 1);
        send(other, to, query.transaction(), id, dead(target), peersAt(to));
      }
      case SILENCE -> {}
    }
  }

  private void lieOf(Krpc.Query query, Endpoint to, List<Contact> nodes, List<Endpoint> peers) {
    send(endpoint, to, query.transaction(), id, nodes, peers);
  }

  private void send(
      Endpoint from,
      Endpoint to,
      byte[] transaction,
      NodeId as,
      List<Contact> nodes,
      List<Endpoint> peers) {
    Krpc.Response response = new Krpc.Response(transaction, as, nodes, peers, TOKEN);
    world.send(from, to, KrpcEncoder.encode(response));
  }

  /** Nearer to the target than any honest node will be. */
  private NodeId near(NodeId target) {
    return target.randomWithCommon(world.random.nextInt(40, 150), world.random);
  }

  private List<Contact> dead(NodeId target) {
    List<Contact> nodes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String host = "80." + world.random.nextInt(256) + "." + world.random.nextInt(256) + ".1";
      nodes.add(new Contact(near(target), DhtWorld.endpoint(host, 6881)));
    }
    return nodes;
  }

  /** Where a host with a face at each of many ports has the one of this port. */
  static NodeId faceId(NodeId target, int port) {
    return new NodeId(target.a(), target.b(), target.c() ^ port);
  }

  private List<Contact> faces(NodeId target) {
    List<Contact> nodes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      int port = world.random.nextInt(1, 1001);
      nodes.add(new Contact(faceId(target, port), new Endpoint(endpoint.host(), port)));
    }
    return nodes;
  }

  private List<Contact> forbidden(NodeId target, Endpoint asker) {
    List<Contact> nodes = new ArrayList<>();
    FORBIDDEN.forEach(h -> nodes.add(new Contact(near(target), DhtWorld.endpoint(h, 22))));
    nodes.add(new Contact(near(target), new Endpoint(world.newEndpoint().host(), 0)));
    nodes.add(new Contact(near(target), asker));
    return nodes;
  }

  private static List<Endpoint> peersAt(Endpoint asker) {
    List<Endpoint> peers = new ArrayList<>();
    FORBIDDEN.forEach(host -> peers.add(DhtWorld.endpoint(host, 22)));
    peers.add(new Endpoint(asker.host(), 0));
    return peers;
  }

  private List<Contact> endless(NodeId target) {
    List<Contact> nodes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      nodes.addAll(dead(target));
    }
    return nodes;
  }
}
