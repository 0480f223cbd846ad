// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.runtime.peer;

import io.lichen.core.moss.wire.Envelope;
import io.lichen.core.moss.wire.EnvelopeCodec;
import io.lichen.core.moss.wire.EnvelopeType;
import io.lichen.transport.moss.CloseReason;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pings the peers and gives up those that do not answer. The node's loop only. */
public final class Keepalive {
  private static final int REQUEST_ID_BYTES = 16;
  private static final Logger LOG = LoggerFactory.getLogger(Keepalive.class);

  private final PeerTable peers;
  private final RandomGenerator random;

  public Keepalive(PeerTable peers, RandomGenerator random) {
    this.peers = peers;
    this.random = random;
  }

  /** Looks at all peers; to be called a few times a second. */
  public void tick(long nowNs) {
    Map<PeerLink, Liveness.Verdict> verdicts = new LinkedHashMap<>();
    for (PeerLink link : peers.all()) {
      verdicts.put(link, link.liveness().tick(nowNs, link.takeSign()));
    }
    // Not before all have been looked at: what is said to one may go through another.
    verdicts.forEach((link, verdict) -> carryOut(verdict, link, nowNs));
  }

  private void carryOut(Liveness.Verdict verdict, PeerLink link, long nowNs) {
    switch (verdict) {
      case PING -> ping(link, nowNs);
      case CLOSE -> giveUp(link);
      case IDLE -> {}
    }
  }

  /** The network has changed: finds out within seconds which sessions are dead. */
  public void doubtAll(long nowNs) {
    for (PeerLink link : peers.all()) {
      // What came before the change says nothing.
      var unused = link.takeSign();
      link.liveness().doubt(nowNs);
    }
  }

  private void ping(PeerLink link, long nowNs) {
    byte[] octets = new byte[REQUEST_ID_BYTES];
    random.nextBytes(octets);
    String requestId = HexFormat.of().formatHex(octets);
    link.control(EnvelopeCodec.encode(Envelope.of(EnvelopeType.PING).requestId(requestId).build()));
    link.liveness().pinged(requestId, nowNs);
  }

  private static void giveUp(PeerLink link) {
    LOG.info(
        "Gave up peer {} at {}: {} pings unanswered",
        link.peer(),
        link.address(),
        link.liveness().misses());
    link.session().close(CloseReason.UNRESPONSIVE);
  }
}
