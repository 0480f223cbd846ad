// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import io.lichen.core.bus.EventBus;
import io.lichen.core.bus.EventBusConfig;
import io.lichen.core.moss.MossNode;
import io.lichen.core.net.NetNode;
import io.lichen.core.net.channel.ChannelConfig;
import io.lichen.transport.wait.Await;
import java.nio.file.Path;

/** A gateway with every part that there is, all of them in use, and a client for it. */
final class WholeGateway implements AutoCloseable {
  private final MossNode moss = moss();
  private final MossNode otherMoss = moss();
  private final NetNode net = NetNode.builder().psk(new byte[32]).build();
  private final NetNode other = NetNode.builder().psk(new byte[32]).build();
  private final EventBus bus =
      EventBus.open(EventBusConfig.defaults().withShards(2).withRingCapacity(1024));
  private final Gateway gateway;
  private final ApiClient client;

  WholeGateway(Path directory) {
    moss.start();
    otherMoss.start();
    moss.subscribe("lab");
    otherMoss.subscribe("lab");
    moss.connect("127.0.0.1:" + otherMoss.info().listenPort());
    Await.until(() -> otherMoss.peers().size() == 1);
    net.start();
    other.start();
    net.connect(other.address(), other.publicKey(), other.nodeId());
    net.channels().register("lab", ChannelConfig.open());
    other.channels().register("lab", ChannelConfig.open());
    Await.until(() -> other.peers().size() == 1);
    net.channels().subscribe(other.nodeId(), "lab");
    var unused =
        net.logs()
            .replicate(
                "kept",
                "{\"replication\":{\"placement\":\"pinned\",\"pinned_nodes\":["
                    + Long.toUnsignedString(net.nodeId())
                    + "]}}");
    gateway =
        Gateway.builder()
            .moss(moss)
            .net(net)
            .events(bus)
            .redex(directory.resolve("logs"))
            .logLevels(new KeptLevels())
            .start();
    client = new ApiClient(gateway);
  }

  private static MossNode moss() {
    return MossNode.builder("whole")
        .config("{\"trackers\":[],\"lan_discovery_enabled\":false,\"dht_enabled\":false}")
        .listen("127.0.0.1", 0)
        .build();
  }

  Gateway gateway() {
    return gateway;
  }

  ApiClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    gateway.close();
    bus.close();
    other.close();
    net.close();
    otherMoss.close();
    moss.close();
  }
}
