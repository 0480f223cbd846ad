// SPDX-License-Identifier: Apache-2.0
package io.lichen.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.NetConfig;
import io.lichen.core.net.NetNode;
import io.lichen.core.topic.TopicMessage;
import io.lichen.core.topic.TopicReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lichen net --durable}, as a program steers it. */
class KeptNetChannelsTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Path folder;
  private final List<NetNode> nodes = new ArrayList<>();

  KeptNetChannelsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    nodes.forEach(NetNode::close);
  }

  private NetNode started() {
    NetConfig config =
        NetConfig.defaults()
            .withPsk(new byte[32])
            .withBindAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    NetNode node = NetNode.builder().config(config).build();
    nodes.add(node);
    node.start();
    return node;
  }

  @Test
  void shouldKeepWhatItPublishesAndWhatThoseDoAtWhomItSubscribes() throws Exception {
    NetNode publisher = started();
    NetNode follower = started();
    try (KeptNetChannels source =
            new KeptNetChannels(publisher, folder.resolve("source"), List.of("c"));
        KeptNetChannels copy =
            new KeptNetChannels(follower, folder.resolve("copy"), List.of("c"))) {
      NetNodeTarget publishing = new NetNodeTarget(publisher, source);
      publishing.channel("c", "{}");
      publishing.publish("c", "early".getBytes(UTF_8), null);
      NetNodeTarget following = new NetNodeTarget(follower, copy);
      following.connect(publisher.address(), publisher.publicKey(), publisher.nodeId());
      following.subscribe(publisher.nodeId(), "c", null, null);
      publishing.publish("c", "late".getBytes(UTF_8), null);
      try (TopicReader reader = copy.topic("c").orElseThrow().readFrom(0)) {
        assertEquals("early", text(reader.next(LONG)));
        assertEquals("late", text(reader.next(LONG)));
      }
    }
  }

  private static String text(@Nullable TopicMessage message) {
    return new String(Objects.requireNonNull(message).data(), UTF_8);
  }

  @Test
  void shouldKeepNothingUnlessItIsTold() {
    try (KeptNetChannels none = new KeptNetChannels(started(), null, List.of())) {
      assertTrue(none.topic("c").isEmpty());
    }
  }
}
