// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.crypto.ChannelName;
import io.lichen.redex.RedexError;
import io.lichen.redex.RedexException;
import io.lichen.redex.RedexFile;
import io.lichen.redex.RedexTail;
import io.lichen.redex.log.LogFile;
import io.lichen.redex.replica.Replica;
import io.lichen.redex.replica.ReplicaListener;
import io.lichen.redex.replica.ReplicaRole;
import io.lichen.redex.replica.ReplicaRules;
import io.lichen.redex.replica.ReplicaSetup;
import io.lichen.redex.replica.ReplicaStatus;
import io.lichen.redex.replica.ReplicationLink;
import io.lichen.redex.replica.RoleSignal;
import io.lichen.redex.replica.wire.SyncFault;
import io.lichen.redex.replica.wire.SyncHeader;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica: finds out by which rules its set lives, and leaves the rest to them. */
public final class ReplicaEngine implements Replica {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaEngine.class);

  private final Member member;
  private final RoleState role;
  private volatile @Nullable Rules rules;
  private boolean isClosed;
  private long deadlineNs;
  private volatile ReplicaStatus status;

  private ReplicaEngine(Member member) {
    this.member = member;
    this.role = new RoleState(member, this::onRoleChanged);
    this.status = known();
  }

  /** Makes one, as {@link Replica#of}. */
  public static ReplicaEngine of(
      RedexFile log, ReplicaSetup setup, ReplicationLink link, ReplicaListener listener) {
    setup
        .config()
        .fault()
        .ifPresent(
            fault -> {
              throw new RedexException(
                  RedexError.CONFIG, "log " + log.name() + " cannot be replicated: " + fault);
            });
    if (!(log instanceof LogFile file)) {
      throw new RedexException(RedexError.CONFIG, "log " + log.name() + " is not a manager's");
    }
    return new ReplicaEngine(
        new Member(
            file.replicaLog(),
            ChannelName.of(log.name()).logId(),
            setup,
            link,
            listener,
            setup.metrics().of(log.name())));
  }

  @Override
  public void join(long nowNs) {
    if (isClosed || !role.is(ReplicaRole.IDLE)) {
      return;
    }
    role.change(ReplicaRole.REPLICA, RoleSignal.CAPABILITY_SELECTED);
    deadlineNs = nowNs;
    if (rules != null) {
      rules.join(nowNs);
    }
    decide(nowNs);
    refresh();
  }

  /** Chooses the rules, once enough is known of the others. */
  private void decide(long nowNs) {
    if (rules != null) {
      return;
    }
    List<ReplicationLink.Speech> speeches =
        member.others().stream().map(member.link()::speech).toList();
    if (keepsTerms(speeches)) {
      rules = new TermRules(member, role, nowNs);
    } else if (speeches.contains(ReplicationLink.Speech.NATIVE)) {
      rules = new NativeRules(member, role, nowNs);
      LOG.info("log {}: its set lives by upstream's rules", member.log().name());
    } else {
      deadlineNs = nowNs + member.heartbeatNs();
    }
  }

  /** Whether all others do, or the set was once one of which all did. */
  private boolean keepsTerms(List<ReplicationLink.Speech> speeches) {
    return member.members().contains(member.self())
        && (speeches.stream().allMatch(speech -> speech == ReplicationLink.Speech.TERMS)
            || TermState.isKeptFor(member.log()));
  }

  @Override
  public void leave(long nowNs) {
    if (rules != null) {
      rules.leave(nowNs);
    } else {
      role.close();
    }
    refresh();
  }

  @Override
  public void transition(ReplicaRole to, RoleSignal signal, long nowNs) {
    if (rules != null) {
      rules.transition(to, signal, nowNs);
    } else {
      role.change(to, signal);
    }
    refresh();
  }

  @Override
  public void onMessage(long from, ByteBuffer message, long nowNs) {
    OptionalInt type = SyncHeader.type(message);
    if (type.isEmpty() || !isOfSet(from) || !isOfLog(message) || role.is(ReplicaRole.IDLE)) {
      return;
    }
    decide(nowNs);
    if (rules != null) {
      try {
        rules.onMessage(from, type.getAsInt(), message, nowNs);
      } catch (SyncFault e) {
        LOG.debug("log {}: from {}: {}", member.log().name(), from, e.getMessage());
      }
    }
    refresh();
  }

  private boolean isOfSet(long node) {
    return node != member.self() && member.members().contains(node);
  }

  private boolean isOfLog(ByteBuffer message) {
    return Arrays.equals(SyncHeader.logIdOf(message), member.logId());
  }

  @Override
  public void onTimer(long nowNs) {
    if (role.is(ReplicaRole.IDLE)) {
      return;
    }
    decide(nowNs);
    if (rules != null) {
      rules.onTimer(nowNs);
    }
    refresh();
  }

  @Override
  public long nextDeadlineNs() {
    return rules == null ? deadlineNs : rules.nextDeadlineNs();
  }

  @Override
  public void onForced(long nowNs) {
    if (rules != null) {
      rules.onForced(nowNs);
      refresh();
    }
  }

  @Override
  public void onForceFailed(long nowNs) {
    member.metrics().underCapacity();
    role.withdraw();
    refresh();
  }

  @Override
  public CompletableFuture<Long> append(List<byte[]> payloads, long nowNs) {
    if (rules == null || isClosed) {
      return CompletableFuture.failedFuture(
          new RedexException(
              RedexError.NOT_LEADER, "log " + member.log().name() + ": nobody leads yet"));
    }
    CompletableFuture<Long> appended = rules.append(payloads, nowNs);
    refresh();
    return appended;
  }

  @Override
  public boolean hasLease(long nowNs) {
    return rules != null && rules.hasLease(nowNs);
  }

  @Override
  public ReplicaStatus status() {
    return status;
  }

  @Override
  public RedexTail tail(long from) {
    return member.log().tail(from, this::visibleSeq);
  }

  private long visibleSeq() {
    Rules now = rules;
    return now == null ? 0 : now.committedSeq();
  }

  @Override
  public void close(long nowNs) {
    if (!isClosed) {
      leave(nowNs);
      isClosed = true;
      Rules now = rules;
      if (now != null) {
        now.close();
      }
    }
  }

  private void onRoleChanged() {
    refresh();
    member.listener().onChanged(status);
  }

  private void refresh() {
    status = known();
  }

  private ReplicaStatus known() {
    Rules now = rules;
    long nextSeq = member.log().nextSeq();
    return new ReplicaStatus(
        role.role(),
        now == null ? ReplicaRules.UNDECIDED : now.kind(),
        member.members(),
        now == null ? OptionalLong.empty() : now.leader(),
        now == null ? 0 : now.term(),
        now != null && now.isVoter(),
        now == null ? 0 : now.committedSeq(),
        nextSeq);
  }
}
