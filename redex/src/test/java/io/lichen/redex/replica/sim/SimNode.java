// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.sim;

import io.lichen.redex.RedexConfig;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexRecord;
import io.lichen.redex.RedexTail;
import io.lichen.redex.disk.SimDisk;
import io.lichen.redex.log.LogFile;
import io.lichen.redex.replica.Replica;
import io.lichen.redex.replica.ReplicaListener;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.ReplicaSetup;
import io.lichen.redex.replica.ReplicaStatus;
import io.lichen.redex.replica.ReplicationConfig;
import io.lichen.redex.replica.ReplicationMetrics;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One node: a disk or only memory, a clock of its own, and a process that may be there or not. */
final class SimNode {
  private static final Path DIRECTORY = Path.of("/base/a");

  final long id;
  final ReplicationMetrics metrics = new ReplicationMetrics();
  private final World world;
  private final boolean isOnDisk;
  private final double rate;
  private final long offsetNs;
  private final SimDisk disk = new SimDisk();
  private final Random random;
  private @Nullable LogFile log;
  private @Nullable Replica replica;
  private @Nullable RedexTail tail;
  private long position;
  private long missed;
  private int life;
  private boolean keeps;
  private List<byte[]> start = List.of();

  SimNode(long id, World world, boolean isOnDisk, double rate, long offsetNs, Random random) {
    this.id = id;
    this.world = world;
    this.isOnDisk = isOnDisk;
    this.rate = rate;
    this.offsetNs = offsetNs;
    this.random = random;
  }

  long clockNs() {
    return offsetNs + (long) (world.nowNs() * rate);
  }

  boolean isUp() {
    return replica != null;
  }

  int life() {
    return life;
  }

  LogFile log() {
    if (log == null) {
      throw new AssertionError("node " + id + " is down");
    }
    return log;
  }

  Replica replica() {
    if (replica == null) {
      throw new AssertionError("node " + id + " is down");
    }
    return replica;
  }

  boolean leads() {
    return replica != null && replica.status().role() == ReplicaRole.LEADER;
  }

  void start(RedexConfig config, ReplicationConfig replication, List<Long> members) {
    life++;
    LogFile opened =
        isOnDisk
            ? LogFile.onDisk("a", config, disk, DIRECTORY, () -> 1)
            : LogFile.inMemory("a", config, () -> 1);
    log = opened;
    if (!isOnDisk) {
      start.forEach(opened::append);
    }
    start = List.of();
    ReplicaSetup setup = new ReplicaSetup(id, members, replication, metrics, random, () -> 0L);
    Replica started = Replica.of(opened, setup, world.network().link(id), new Listener(life));
    replica = started;
    tail = started.tail(position);
    started.join(clockNs());
    world.timer(this);
  }

  /** The process ends. */
  void kill() {
    life++;
    keeps = isOnDisk && replica().status().isVoter();
    log = null;
    replica = null;
    tail = null;
  }

  /** The machine ends. */
  void losePower() {
    kill();
    disk.losePower(random);
    keeps = false;
  }

  /** Whether it has, or will have when it starts, everything that it ever acknowledged. */
  boolean keeps() {
    return replica == null ? keeps : replica.status().isVoter();
  }

  /** Somebody finds that the disk has changed by itself. */
  void rot() {
    kill();
    disk.rot(random);
    keeps = false;
  }

  /** What the log held before it was replicated. */
  void fill(RedexConfig config, List<byte[]> payloads) {
    start = payloads;
    if (isOnDisk) {
      LogFile before = LogFile.onDisk("a", config, disk, DIRECTORY, () -> 1);
      payloads.forEach(before::append);
      before.discard();
    }
  }

  /** The disk is nearly full. */
  void limitDisk() {
    disk.limit(0);
  }

  boolean losesAllWhenKilled() {
    return !isOnDisk;
  }

  void deliver(long from, byte[] message) {
    if (replica != null) {
      replica.onMessage(from, ByteBuffer.wrap(message), clockNs());
      read();
    }
  }

  void timer() {
    if (replica != null) {
      replica.onTimer(clockNs());
      read();
    }
  }

  /** World time until the replica wants its timer. */
  long untilTimerNs() {
    return Math.max(0, (long) ((replica().nextDeadlineNs() - clockNs()) / rate) + 1);
  }

  CompletableFuture<Long> append(List<byte[]> payloads) {
    CompletableFuture<Long> appended = replica().append(payloads, clockNs());
    read();
    return appended;
  }

  /** Follows the log as an application does, which knows after a restart what it has read. */
  private void read() {
    RedexTail following = tail;
    while (following != null && following.lag() > 0) {
      try {
        RedexRecord record = following.next(Duration.ZERO);
        if (record != null) {
          boolean mayHaveGaps = replica().status().rules() == ReplicaRules.NATIVE;
          world
              .history()
              .check(
                  mayHaveGaps || position == record.seq(), "a tail of node " + id + " has a gap");
          world.history().saw(record);
          position = record.seq() + 1;
        } else {
          position = following.position();
        }
      } catch (RedexException e) {
        // Evicted before it was read, which the tail says.
        world.history().check(following.missed() > missed, "nothing was missed: " + e);
        missed = following.missed();
        position = following.position();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    missed = 0;
  }

  long position() {
    return position;
  }

  private final class Listener implements ReplicaListener {
    private final int ofLife;
    private boolean isAsked;

    Listener(int ofLife) {
      this.ofLife = ofLife;
    }

    @Override
    public void force() {
      if (!isAsked) {
        isAsked = true;
        world.after(random.nextLong(3_000_000), this::forced);
      }
    }

    private void forced() {
      isAsked = false;
      if (life == ofLife) {
        log().sync();
        replica().onForced(clockNs());
        read();
      }
    }

    @Override
    public boolean announce(long tailSeq) {
      return true;
    }

    @Override
    public boolean withdraw() {
      return true;
    }

    @Override
    public void onChanged(ReplicaStatus status) {
      if (status.role() == ReplicaRole.LEADER) {
        world.elected(SimNode.this);
      }
    }
  }
}
