// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat.relay;

import io.lichen.core.moss.runtime.peer.PeerLink;
import io.lichen.crypto.ChaChaPoly;
import io.lichen.crypto.PeerId;
import io.lichen.nat.relay.RelaySession;
import io.lichen.transport.moss.SendResult;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sealed way through one relay: nonce, ciphertext, tag, with a key for each direction
 * (docs/wire/moss-nat.md, "The sealed tunnel"). Sealing and opening are each for one thread at a
 * time.
 */
final class Tunnel {
  /** Octets that sealing adds. */
  static final int SEAL_BYTES = ChaChaPoly.NONCE_BYTES + ChaChaPoly.TAG_BYTES;

  /** What was opened. */
  enum Freshness {
    /** Does not open. */
    UNSEALED,
    /** A copy, or possibly one. */
    REPLAYED,
    /** Not seen before in this session, as far as is remembered. */
    NEW,
    /** Made in answer to this very session. */
    PROVEN
  }

  /**
   * An opened payload.
   *
   * @param plaintext none unless new or proven
   */
  record Opened(Freshness freshness, byte[] plaintext) {
    private static final byte[] NONE = {};

    static Opened not(Freshness why) {
      return new Opened(why, NONE);
    }
  }

  private final RelaySession<PeerId> session;
  private final PeerId localId;
  private volatile PeerLink via;
  private final RelayPace pace;
  private final RandomGenerator random;
  private final TunnelKeys outKeys;
  private final TunnelKeys inKeys;
  private final ChaChaPoly sealer;
  private final ChaChaPoly opener;
  private final String epoch;
  private final CompletableFuture<Boolean> marks = new CompletableFuture<>();
  private final TunnelWindow window = new TunnelWindow();
  private final byte[] outNonce = new byte[ChaChaPoly.NONCE_BYTES];
  private final byte[] inNonce = new byte[ChaChaPoly.NONCE_BYTES];
  private long number;
  private volatile String remoteEpoch = "";
  private boolean remoteProven;

  /**
   * Makes one.
   *
   * @param secret what both ends share
   */
  Tunnel(
      RelaySession<PeerId> session,
      PeerId localId,
      String networkId,
      byte[] secret,
      PeerLink via,
      RelayPace pace,
      RandomGenerator random) {
    this.session = session;
    this.localId = localId;
    this.via = via;
    this.pace = pace;
    this.random = random;
    this.outKeys = TunnelKeys.of(secret, networkId, session.name(), localId, session.remote());
    this.inKeys = TunnelKeys.of(secret, networkId, session.name(), session.remote(), localId);
    this.sealer = new ChaChaPoly(outKeys.key());
    this.opener = new ChaChaPoly(inKeys.key());
    this.epoch = HexFormat.of().toHexDigits(random.nextLong());
  }

  /** The session that it is of. */
  RelaySession<PeerId> session() {
    return session;
  }

  /** The session with the relay. */
  PeerLink via() {
    return via;
  }

  /** There is another session with the relay. */
  void via(PeerLink now) {
    via = now;
  }

  /** How fast may be sent. */
  RelayPace pace() {
    return pace;
  }

  /**
   * Whether the other end marks its messages, as only Lichen nodes do; complete once it has sent
   * one.
   */
  CompletableFuture<Boolean> marks() {
    return marks;
  }

  /** Whether what is sent can show that it is meant for this very session. */
  boolean canProve() {
    return !remoteEpoch.isEmpty();
  }

  /** The payload that says this object to the other end alone, with a mark. */
  byte[] seal(byte[] object) {
    byte[] marked = TunnelMark.append(object, new TunnelMark(epoch, number++, remoteEpoch));
    byte[] sealed = new byte[SEAL_BYTES + marked.length];
    random.nextBytes(outNonce);
    System.arraycopy(outNonce, 0, sealed, 0, outNonce.length);
    byte[] bound = outKeys.associatedData();
    sealer.seal(
        outNonce, bound, 0, bound.length, marked, 0, marked.length, sealed, outNonce.length);
    return sealed;
  }

  /** What sealing makes of so many octets. */
  static int sealedBytes(int bytes) {
    return bytes + SEAL_BYTES + TunnelMark.MAX_BYTES;
  }

  /** The longest payload, sealed or raw, that the relay can be expected to pass on. */
  int maxPayloadBytes() {
    int frame = via.session().maxPayloadBytes() - RelayEnvelopes.DATA_OVERHEAD_BYTES;
    return Math.min(frame / 4 * 3, pace.maxPayloadBytes());
  }

  /** Gives a payload, sealed or raw, to the relay. */
  SendResult send(byte[] payload) {
    return via.session().send(RelayEnvelopes.data(session, localId, payload));
  }

  /** Asks the relay how far it has read, if that is due. */
  void askHowFar(long nowNs) {
    RelayEnvelopes.askHowFar(via, pace, nowNs);
  }

  /** Opens a payload. */
  Opened open(byte[] payload) {
    byte[] plaintext = openSealed(payload);
    if (plaintext == null) {
      return Opened.not(Freshness.UNSEALED);
    }
    TunnelMark mark = TunnelMark.read(plaintext);
    Freshness freshness = mark == null ? ofNative(payload) : ofMarked(mark);
    return freshness == Freshness.REPLAYED
        ? Opened.not(freshness)
        : new Opened(freshness, plaintext);
  }

  private byte @Nullable [] openSealed(byte[] payload) {
    if (payload.length < SEAL_BYTES) {
      return null;
    }
    System.arraycopy(payload, 0, inNonce, 0, inNonce.length);
    byte[] plaintext = new byte[payload.length - SEAL_BYTES];
    byte[] bound = inKeys.associatedData();
    int opened =
        opener.open(
            inNonce,
            bound,
            0,
            bound.length,
            payload,
            inNonce.length,
            payload.length - inNonce.length,
            plaintext,
            0);
    return opened < 0 ? null : plaintext;
  }

  /** Whoever marks some marks all: without a mark it is from another session of that name. */
  private Freshness ofNative(byte[] payload) {
    if (canProve() || !window.takeNonce(ByteBuffer.wrap(payload).getLong())) {
      return Freshness.REPLAYED;
    }
    marks.complete(false);
    return Freshness.NEW;
  }

  private Freshness ofMarked(TunnelMark mark) {
    boolean proven = mark.echo().equals(epoch);
    if (!proven && !mark.echo().isEmpty()) {
      return Freshness.REPLAYED;
    }
    if (!mark.epoch().equals(remoteEpoch)) {
      if (canProve() && (remoteProven || !proven)) {
        return Freshness.REPLAYED;
      }
      window.restart();
      remoteEpoch = mark.epoch();
    }
    remoteProven |= proven;
    if (!window.takeNumber(mark.number())) {
      return Freshness.REPLAYED;
    }
    marks.complete(true);
    return proven ? Freshness.PROVEN : Freshness.NEW;
  }
}
