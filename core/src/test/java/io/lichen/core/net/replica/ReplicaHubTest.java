// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lichen.core.net.ReplicatedLog;
import io.lichen.core.net.delivery.DeliveryCounters;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.Completions;
import io.lichen.core.work.FaultGuard;
import io.lichen.core.work.LogLimiter;
import io.lichen.crypto.ChannelName;
import io.lichen.redex.Redex;
import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.ReplicaStatus;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationLink;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.transport.wait.Await;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Replicas with threads and timers, on nodes that reach each other without a network. */
class ReplicaHubTest {
  private static final String NAME = "a/b";
  private static final List<Long> MEMBERS = List.of(1L, 2L, 3L);
  private static final ReplicationConfig CONFIG =
      ReplicationConfig.pinned(MEMBERS).withHeartbeatMs(100);

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Redex> managers = new ArrayList<>();
  private final Map<Long, ReplicaHub> hubs = new ConcurrentHashMap<>();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder faults = new LongAdder();

  @AfterEach
  void close() {
    hubs.values().forEach(ReplicaHub::close);
    executor.close();
    managers.forEach(Redex::close);
    assertEquals(0, faults.sum());
  }

  /** Everybody speaks as natives do. */
  private record Link(long self, Map<Long, ReplicaHub> hubs) implements ReplicationLink {
    @Override
    public boolean send(long node, byte[] message) {
      ReplicaHub hub = hubs.get(node);
      if (hub != null) {
        hub.onMessage(self, ByteBuffer.wrap(message).asReadOnlyBuffer());
      }
      return hub != null;
    }

    @Override
    public OptionalLong rttNs(long node) {
      return OptionalLong.empty();
    }

    @Override
    public Speech speech(long node) {
      return Speech.NATIVE;
    }
  }

  private DrivenLog member(long node) {
    CallbackScope scope = new CallbackScope(faults, new LogLimiter(1, System::nanoTime));
    ReplicaParts parts =
        new ReplicaParts(
            node,
            new Link(node, hubs),
            executor,
            scope,
            new Completions(executor, scope),
            new FaultGuard(faults),
            dropped,
            new DeliveryCounters());
    ReplicaHub hub = new ReplicaHub(parts, 0x1234, Set::of, () -> true);
    hubs.put(node, hub);
    Redex redex = Redex.inMemory();
    managers.add(redex);
    return hub.open(redex.open(NAME, RedexConfig.inMemory()), CONFIG, MEMBERS);
  }

  private ReplicaHub hub(long node) {
    return Objects.requireNonNull(hubs.get(node));
  }

  private static void awaitRole(ReplicatedLog log, ReplicaRole role) {
    Await.until(() -> log.status().role() == role);
  }

  @Test
  void shouldCopyALeadersLogToItsReplicas() {
    List<DrivenLog> logs = MEMBERS.stream().map(this::member).toList();
    DrivenLog leader = logs.getFirst();
    awaitRole(leader, ReplicaRole.LEADER);
    assertEquals(ReplicaRules.NATIVE, leader.status().rules());
    for (int i = 0; i < 50; i++) {
      assertEquals(i, leader.append(new byte[500]).join());
    }
    Await.until(() -> logs.stream().allMatch(log -> log.file().nextSeq() == 50));
    refused(RedexError.NOT_LEADER, () -> logs.get(1).append(new byte[1]).join());
    assertTrue(hub(1).tags().contains("causal:0000000000001234:0"));
  }

  @Test
  void shouldFollowUpstreamsDriver() {
    DrivenLog log = member(1);
    awaitRole(log, ReplicaRole.LEADER);
    log.transition(ReplicaRole.IDLE, RoleSignal.GRACEFUL_RELINQUISH).join();
    assertEquals(ReplicaRole.IDLE, log.status().role());
    assertEquals(Set.of(ReplicationLink.TERMS_TAG), hub(1).tags());
    CompletableFuture<ReplicaStatus> impossible =
        log.transition(ReplicaRole.LEADER, RoleSignal.ELECTION_WON);
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(CompletionException.class, impossible::join).getCause());
    log.transition(ReplicaRole.REPLICA, RoleSignal.CAPABILITY_SELECTED).join();
    awaitRole(log, ReplicaRole.LEADER);
  }

  @Test
  void shouldRefuseAppendsOnceItIsClosed() {
    DrivenLog log = member(1);
    awaitRole(log, ReplicaRole.LEADER);
    log.append(new byte[1]).join();
    log.close();
    log.close();
    assertEquals(ReplicaRole.IDLE, log.status().role());
    refused(RedexError.CLOSED, () -> log.append(new byte[1]).join());
    assertEquals(0, hub(1).size());
    assertEquals(1, log.file().size());
  }

  @Test
  void shouldRefuseAnotherConfigurationForALogThatIsReplicated() {
    DrivenLog log = member(1);
    ReplicaHub hub = hub(1);
    assertSame(log, hub.open(log.file(), CONFIG, MEMBERS));
    RedexException refused =
        assertThrows(
            RedexException.class, () -> hub.open(log.file(), CONFIG.withHeartbeatMs(200), MEMBERS));
    assertEquals(RedexError.CONFIG, refused.error());
  }

  @Test
  void shouldDoMessagesBeforeAppendsAndAppendsThatWaitTogether() {
    DrivenLog log = member(1);
    awaitRole(log, ReplicaRole.LEADER);
    CountDownLatch held = new CountDownLatch(1);
    log.driver().post((replica, nowNs) -> await(held));
    List<CompletableFuture<Long>> appended =
        List.of(
            log.append(new byte[1]),
            log.append(List.of(new byte[2], new byte[3])),
            log.append(new byte[4]));
    CompletableFuture<Long> seen = new CompletableFuture<>();
    log.driver().post((replica, nowNs) -> seen.complete(log.file().nextSeq()));
    held.countDown();
    assertEquals(0, seen.join());
    assertEquals(List.of(0L, 1L, 3L), appended.stream().map(CompletableFuture::join).toList());
    assertEquals(4, log.file().size());
  }

  @Test
  void shouldDropMessagesThatFindNoRoom() {
    DrivenLog log = member(1);
    CountDownLatch held = new CountDownLatch(1);
    log.driver().post((replica, nowNs) -> await(held));
    byte[] message = new byte[64];
    System.arraycopy(ChannelName.of(NAME).logId(), 0, message, 3, 32);
    ReplicaHub hub = hub(1);
    long room = ReplicaDriver.MAX_MESSAGE_BYTES / (message.length + ReplicaDriver.MESSAGE_BYTES);
    for (int i = 0; i < room + 7; i++) {
      hub.onMessage(2, ByteBuffer.wrap(message));
    }
    hub.onMessage(2, ByteBuffer.wrap(message, 0, 34));
    hub.onMessage(2, ByteBuffer.wrap(new byte[64]));
    assertEquals(7, dropped.sum());
    held.countDown();
    awaitRole(log, ReplicaRole.LEADER);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void refused(RedexError error, Executable call) {
    Throwable cause = assertThrows(CompletionException.class, call).getCause();
    assertEquals(error, assertInstanceOf(RedexException.class, cause).error());
  }
}
