// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.channel.membership;

import io.lichen.core.net.channel.IdentityProofs;
import io.lichen.core.net.channel.PeerSender;
import io.lichen.core.net.channel.membership.Membership.Ack;
import io.lichen.core.net.channel.membership.Membership.Request;
import io.lichen.core.net.channel.membership.Membership.Subscribe;
import io.lichen.core.net.channel.membership.Membership.Unsubscribe;
import io.lichen.crypto.ChannelName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber's side of membership: asks publishers, up to three times under one nonce, and proves
 * who this node is where a token needs it (docs/wire/net-channels.md, "Asking").
 *
 * <p>Belongs to the node's loop; not thread-safe. Bounded: what is beyond is refused at once.
 */
public final class MembershipRequester {
  /** Most requests without an answer. */
  public static final int MAX_PENDING = 4096;

  /** No deadline: nothing waits. */
  public static final long NEVER = Long.MAX_VALUE;

  /** How long a request waits where nothing else is said, as natives have it. */
  public static final long DEFAULT_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);

  private static final int SENDS = 3;

  private final RandomGenerator random;
  private final IdentityProofs proofs;
  private final PeerSender out;
  private final long timeoutNs;
  private final Map<Long, Pending> pending = new HashMap<>();
  // Never later than the earliest deadline; earlier costs one look in vain.
  private long wakeNs = NEVER;
  private long strayAcks;

  private final class Pending {
    private final long publisher;
    private final Consumer<MembershipOutcome> done;
    private final long startNs;
    private Request request;
    private boolean sending;
    private long sentNs;
    private int sends;
    private boolean provedAgain;

    private Pending(
        long publisher, Request request, long startNs, Consumer<MembershipOutcome> done) {
      this.publisher = publisher;
      this.request = request;
      this.startNs = startNs;
      this.done = done;
    }

    private long deadlineNs() {
      long giveUpNs = startNs + timeoutNs;
      long resendNs = sentNs + timeoutNs / SENDS;
      return sending && sends < SENDS && resendNs - giveUpNs < 0 ? resendNs : giveUpNs;
    }
  }

  /** Asks through the sender and waits 5 s; nonces are drawn from the source. */
  public MembershipRequester(RandomGenerator random, IdentityProofs proofs, PeerSender out) {
    this(random, proofs, out, DEFAULT_TIMEOUT_NS);
  }

  /**
   * Asks through the sender; nonces are drawn from the source.
   *
   * @param timeoutNs how long a request waits; it is sent three times in that
   */
  public MembershipRequester(
      RandomGenerator random, IdentityProofs proofs, PeerSender out, long timeoutNs) {
    this.random = random;
    this.proofs = proofs;
    this.out = out;
    this.timeoutNs = timeoutNs;
  }

  /**
   * Subscribes to a channel of a publisher. With a token chain a proof of identity is tried first.
   *
   * @param chain the octets of a token chain, or null
   * @param group the queue group to join, or null
   * @param done called once, on the loop, after the timeout at the latest
   * @throws IllegalArgumentException if chain or group are too long for the message
   */
  public void subscribe(
      long publisher,
      ChannelName channel,
      byte @Nullable [] chain,
      @Nullable String group,
      long nowNs,
      Consumer<MembershipOutcome> done) {
    Subscribe request = new Subscribe(channel, freshNonce(), chain, group);
    MembershipCodec.encode(request);
    Pending entry = start(publisher, request, nowNs, done);
    if (entry == null) {
      return;
    }
    if (chain == null) {
      send(entry, nowNs);
    } else {
      proofs.prove(publisher, false, nowNs, atNs -> sendOnceProved(entry, atNs));
    }
  }

  /**
   * Ends a subscription; {@code done} is called once, on the loop, after the timeout at the latest.
   */
  public void unsubscribe(
      long publisher, ChannelName channel, long nowNs, Consumer<MembershipOutcome> done) {
    Pending entry = start(publisher, new Unsubscribe(channel, freshNonce()), nowNs, done);
    if (entry != null) {
      send(entry, nowNs);
    }
  }

  private long freshNonce() {
    long nonce = random.nextLong();
    while (pending.containsKey(nonce)) {
      nonce = random.nextLong();
    }
    return nonce;
  }

  private @Nullable Pending start(
      long publisher, Request request, long nowNs, Consumer<MembershipOutcome> done) {
    if (pending.size() >= MAX_PENDING) {
      done.accept(MembershipOutcome.TOO_MANY_PENDING);
      return null;
    }
    Pending entry = new Pending(publisher, request, nowNs, done);
    pending.put(request.nonce(), entry);
    wakeBy(entry);
    return entry;
  }

  /** It may be over already: proofs have time limits of their own. */
  private void sendOnceProved(Pending entry, long nowNs) {
    if (pending.get(entry.request.nonce()) == entry) {
      send(entry, nowNs);
    }
  }

  private void send(Pending entry, long nowNs) {
    entry.sending = true;
    entry.sends++;
    entry.sentNs = nowNs;
    wakeBy(entry);
    out.send(entry.publisher, MembershipCodec.encode(entry.request));
  }

  /** An answer came in; it counts only from the publisher that was asked. */
  public void onAck(long nodeId, Ack ack, long nowNs) {
    Pending entry = pending.get(ack.nonce());
    if (entry == null || entry.publisher != nodeId) {
      strayAcks++;
      return;
    }
    boolean wantsProof = !ack.accepted() && ack.reason() == AckReason.IDENTITY_NOT_ESTABLISHED;
    if (wantsProof && !entry.provedAgain && entry.request instanceof Subscribe refused) {
      askAgainAfterProof(entry, refused, nowNs);
    } else {
      finish(entry, MembershipOutcome.of(ack));
    }
  }

  /** Under another nonce, since the publisher remembers what it answered to this one. */
  private void askAgainAfterProof(Pending entry, Subscribe refused, long nowNs) {
    pending.remove(refused.nonce());
    entry.request =
        new Subscribe(refused.channel(), freshNonce(), refused.chain(), refused.group());
    entry.provedAgain = true;
    entry.sending = false;
    entry.sends = 0;
    pending.put(entry.request.nonce(), entry);
    proofs.prove(entry.publisher, true, nowNs, atNs -> sendOnceProved(entry, atNs));
  }

  private void finish(Pending entry, MembershipOutcome outcome) {
    if (pending.remove(entry.request.nonce(), entry)) {
      entry.done.accept(outcome);
    }
  }

  /** The session with a publisher ended: its answers will not come. */
  public void onPeerGone(long nodeId) {
    for (Pending entry : List.copyOf(pending.values())) {
      if (entry.publisher == nodeId) {
        finish(entry, MembershipOutcome.PEER_GONE);
      }
    }
  }

  /** When {@link #onTimer} is wanted, or {@link #NEVER}. */
  public long nextDeadlineNs() {
    return wakeNs;
  }

  private void wakeBy(Pending entry) {
    long deadlineNs = entry.deadlineNs();
    wakeNs = wakeNs == NEVER || deadlineNs - wakeNs < 0 ? deadlineNs : wakeNs;
  }

  /** Sends again what was not answered, and gives up what is over. */
  public void onTimer(long nowNs) {
    wakeNs = NEVER;
    for (Pending entry : List.copyOf(pending.values())) {
      if (nowNs - entry.startNs >= timeoutNs) {
        finish(entry, MembershipOutcome.TIMED_OUT);
      } else if (nowNs - entry.deadlineNs() >= 0) {
        send(entry, nowNs);
      } else {
        wakeBy(entry);
      }
    }
  }

  /** Answers that nobody waits for, or from somebody who was not asked. */
  public long strayAcks() {
    return strayAcks;
  }

  /** Requests without an answer. */
  public int pending() {
    return pending.size();
  }
}
