// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.moss;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.conformance.Skip;
import io.lichen.conformance.child.Driver;
import io.lichen.conformance.moss.ffi.MossLibraries;
import io.lichen.core.moss.MossNode;
import io.lichen.core.topic.TopicMessage;
import io.lichen.core.topic.TopicOptions;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexFile;
import io.lichen.transport.moss.Era;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lichen nodes keep a channel on which a native talks, which knows nothing of that. */
class DurableTopicTest {
  private static final int MESSAGES = 50;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final MeshPeers peers = new MeshPeers(Path.of("target", "interop", "DurableTopicTest"));
  private final List<MossNode> nodes = new ArrayList<>();
  private final Redex redex = Redex.inMemory();

  @AfterEach
  void endAll() {
    nodes.forEach(MossNode::close);
    redex.close();
    peers.close();
  }

  private MossNode keeper(String name, Era era) {
    MossNode node =
        MossNode.builder("grove").era(era).psk(new byte[32]).listen("127.0.0.1", 0).build();
    nodes.add(node);
    RedexFile log = redex.open(name, RedexConfig.inMemory());
    node.keep(Talk.CHANNEL, log, TopicOptions.defaults());
    node.start();
    return node;
  }

  @ParameterizedTest
  @EnumSource(Era.class)
  void shouldKeepWhatANativeSaysAndPassItOnWithoutItsHelp(Era era) {
    Skip.unless(
        MeshPeers.canRun(Driver.NATIVE, era), DurableTopicTest.class, MossLibraries.howToName(era));
    MeshPeer nativePeer =
        peers.start(
            PeerSpec.of(Driver.NATIVE, era, "grove")
                .withPsk(new byte[32])
                .withChannels(Talk.CHANNEL));
    MossNode early = keeper("early", era);
    early.connect(nativePeer.address());
    String id = early.id().hex();
    await("the native knows that it is there", () -> nativePeer.isConnectedTo(id));
    Set<String> all = new HashSet<>();
    for (int i = 0; i < MESSAGES; i++) {
      say(all, "native " + i, text -> nativePeer.publish(Talk.CHANNEL, text));
      say(all, "lichen " + i, text -> early.publish(Talk.CHANNEL, text));
    }
    nativePeer.awaitMessages(MESSAGES, LIMIT);
    await("all is in the log", () -> log("early").containsAll(all));

    nativePeer.stop();
    MossNode late = keeper("late", era);
    late.connect("127.0.0.1:" + early.info().listenPort());
    await("the late one has fetched all", () -> log("late").containsAll(all));
    for (String name : List.of("early", "late")) {
      assertEquals(all.size(), log(name).size(), name);
    }
  }

  private static void say(Set<String> all, String text, Consumer<byte[]> way) {
    all.add(text);
    way.accept(text.getBytes(UTF_8));
  }

  private List<String> log(String name) {
    RedexFile file = redex.find(name).orElseThrow();
    return file.readRange(0, file.nextSeq()).stream()
        .map(TopicMessage::of)
        .flatMap(Optional::stream)
        .map(message -> new String(message.data(), UTF_8))
        .toList();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadlineNs = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - deadlineNs < 0, "waited in vain until " + what);
      LockSupport.parkNanos(10_000_000);
    }
  }
}
