// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.nat;

import io.lichen.core.moss.MossConfig;
import io.lichen.core.moss.MossEvent;
import io.lichen.core.moss.runtime.dial.Dialer;
import io.lichen.core.moss.runtime.dial.KnownPeers;
import io.lichen.core.moss.runtime.exchange.PeerExchange;
import io.lichen.core.moss.runtime.peer.Membership;
import io.lichen.core.moss.runtime.peer.PeerTable;
import io.lichen.core.moss.runtime.work.NodeCounters;
import io.lichen.core.moss.runtime.work.NodeLoop;
import io.lichen.core.work.Completions;
import io.lichen.core.work.EventQueue;
import io.lichen.crypto.identity.Identity;
import io.lichen.gossipsub.GossipSub;
import io.lichen.transport.moss.Era;
import io.lichen.transport.moss.MossTransport;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What the parts of NAT traversal work with.
 *
 * @param handshakeTimeout {@code security.handshake_timeout_sec}
 * @param executor virtual threads: what may wait, and callbacks
 * @param resolver virtual threads for names
 * @param clockNs the node's clock
 * @param clockMs Unix milliseconds
 * @param random one whose numbers nobody guesses
 * @param parts the others
 */
public record NatContext(
    Identity identity,
    MossConfig config,
    Era era,
    Duration handshakeTimeout,
    PeerTable peers,
    KnownPeers known,
    Membership membership,
    PeerExchange exchange,
    GossipSub gossip,
    NodeLoop loop,
    Executor executor,
    Executor resolver,
    Completions completions,
    EventQueue<MossEvent> events,
    NodeCounters counters,
    MossTransport transport,
    Dialer dialer,
    LongSupplier clockNs,
    LongSupplier clockMs,
    RandomGenerator random,
    NatParts parts) {}
