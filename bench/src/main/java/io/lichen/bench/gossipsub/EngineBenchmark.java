// SPDX-License-Identifier: Apache-2.0
package io.lichen.bench.gossipsub;

import io.lichen.bench.CostBenchmark;
import io.lichen.crypto.PeerId;
import io.lichen.gossipsub.GossipMessage;
import io.lichen.gossipsub.GossipSub;
import io.lichen.gossipsub.GossipSubHost;
import io.lichen.gossipsub.GossipSubParams;
import io.lichen.gossipsub.PublishedMessage;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the engine adds to one message: looking it up, remembering it, delivering it and listing the
 * mesh members that it is forwarded to. The ids are fresh strings, as a decoder makes them, made in
 * batches outside the measurement; 200000 messages pass in a second of the engine's time.
 */
@Warmup(iterations = 5, time = 1)
public class EngineBenchmark extends CostBenchmark {
  private static final int BATCH = 1000;
  private static final long GAP_NS = 5000;
  private static final long SECOND = 1_000_000_000L;
  private static final String TOPIC = "q6mZkq1xq5u2r3v9Z0a1bw";

  /** Peers on the topic, all in the mesh. */
  @Param({"1", "6", "12"})
  public int peers;

  /** Octets of payload. */
  @Param({"64", "16384"})
  public int size;

  private final CountingHost host = new CountingHost();
  private GossipSub engine =
      new GossipSub(GossipSubParams.defaults(), new SplittableRandom(1), host);
  private PublishedMessage[] batch = new PublishedMessage[0];
  private PeerId[] ids = new PeerId[0];
  private long number;
  private long nowNs;
  private long nextHeartbeatNs;

  /** Counts, so that nothing is optimised away. */
  private static final class CountingHost implements GossipSubHost {
    private long calls;

    @Override
    public void send(PeerId to, GossipMessage message) {
      calls++;
    }

    @Override
    public boolean send(PeerId to, PublishedMessage message) {
      calls++;
      return true;
    }

    @Override
    public void deliver(PublishedMessage message, PeerId from) {
      calls++;
    }

    @Override
    public double score(PeerId peer, double base) {
      return base;
    }
  }

  /** A subscribed engine whose peers are all in the mesh and long known. */
  @Setup
  public void subscribe() {
    engine = new GossipSub(GossipSubParams.defaults(), new SplittableRandom(1), host);
    engine.subscribe(TOPIC, nowNs);
    ids = new PeerId[peers];
    for (int peer = 0; peer < peers; peer++) {
      byte[] key = new byte[PeerId.BYTES];
      key[0] = (byte) (peer + 1);
      ids[peer] = PeerId.of(key);
      engine.addPeer(ids[peer], false, nowNs);
      engine.receive(ids[peer], new GossipMessage.Graft(TOPIC), nowNs);
    }
    nowNs += 10 * SECOND;
  }

  /** New messages with strings of their own, and the heartbeat when it is due. */
  @Setup(Level.Invocation)
  public void makeBatch() {
    byte[] sender = new byte[PeerId.BYTES];
    byte[] payload = new byte[size];
    byte[] envelope = new byte[4 * size / 3 + 250];
    batch = new PublishedMessage[BATCH];
    for (int index = 0; index < BATCH; index++) {
      number++;
      String id = HexFormat.of().toHexDigits(number * 0x9E3779B97F4A7C15L, 16).repeat(4);
      String topic = String.valueOf(TOPIC.toCharArray());
      batch[index] = new PublishedMessage(topic, id, number, sender, payload, envelope);
    }
    if (nowNs >= nextHeartbeatNs) {
      engine.heartbeat(nowNs);
      nextHeartbeatNs = nowNs + SECOND;
    }
  }

  /** First copies, from one peer after the other. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long receiveNew() {
    for (int index = 0; index < BATCH; index++) {
      nowNs += GAP_NS;
      engine.receive(ids[index % peers], batch[index], nowNs);
    }
    return host.calls;
  }

  /** First copies, each with a second one from another peer. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long receiveTwice() {
    for (int index = 0; index < BATCH; index++) {
      nowNs += GAP_NS;
      engine.receive(ids[index % peers], batch[index], nowNs);
      engine.receive(ids[(index + 1) % peers], batch[index], nowNs);
    }
    return host.calls;
  }

  /** Own messages. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public long publish() {
    for (int index = 0; index < BATCH; index++) {
      nowNs += GAP_NS;
      engine.publish(batch[index], nowNs);
    }
    return host.calls;
  }
}
