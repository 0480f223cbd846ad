// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/**
 * Counters of an engine since it was made, and the sizes of its tables at the time of the call.
 * Immutable.
 *
 * @param published own messages published
 * @param publishSends copies of own messages that sessions took
 * @param publishRefused copies of own messages that sessions did not take
 * @param received publish messages from peers, copies included
 * @param delivered messages given to the host, each once
 * @param duplicates copies dropped
 * @param notSubscribed messages dropped because the topic is not subscribed
 * @param forwarded copies forwarded that sessions took
 * @param forwardRefused copies forwarded that sessions did not take
 * @param fromUnknownPeer inputs dropped because the sender is not connected
 * @param fromGraylisted inputs dropped for the score of the sender
 * @param malformed messages with an empty or overlong topic or an empty id
 * @param invalid penalties for invalid messages
 * @param graftsReceived GRAFTs received
 * @param graftsRefused GRAFTs on a subscribed topic that were answered by PRUNE
 * @param graftsSent GRAFTs sent
 * @param prunesReceived PRUNEs received
 * @param prunesSent PRUNEs sent
 * @param claimsEvicted claims pushed out by newer ones of the same peer
 * @param claimsLapsed claims dropped after a PRUNE and silence
 * @param claimsRefused claims not taken in because the peer says to be on too many topics
 * @param iHavesReceived IHAVEs received
 * @param iHavesSent IHAVEs sent
 * @param iHaveIdsOverLimit ids of IHAVEs not looked at
 * @param iWantsReceived IWANTs received
 * @param iWantsSent IWANTs sent
 * @param iWantIdsOverLimit ids of IWANTs not looked at or asked for too often
 * @param iWantReplies messages sent on IWANT
 * @param repliesEvicted ids sent on IWANT whose count was pushed out by newer ones
 * @param promisesBroken ids asked for, or offered by peers that nothing is asked of, that never
 *     came
 * @param promisesEvicted open promises pushed out by newer ones
 * @param dontWantsReceived IDONTWANTs received
 * @param dontWantsSent IDONTWANTs sent
 * @param dontWantHonoured copies saved by IDONTWANTs received
 * @param dontWantEvicted remembered IDONTWANT ids pushed out by newer ones
 * @param receiptsSent receipts sent
 * @param receiptsReceived receipts received, which need none of us
 * @param receiptsOverLimit receipts not sent because too many were
 * @param promisesRefused ids not asked for because the peer had too many open promises
 * @param graftsOverLimit GRAFTs dropped because the peer sent too many
 * @param prunesOverLimit PRUNEs dropped because the peer sent too many
 * @param iHavesOverLimit IHAVEs dropped because the peer sent too many
 * @param iWantsOverLimit IWANTs dropped because the peer sent too many
 * @param dontWantsOverLimit IDONTWANTs dropped because the peer sent too many
 * @param breaches what peers did that no honest node does
 * @param deliveriesMissed messages that mesh members owed us and did not bring
 * @param membersTested tests begun of mesh members that had brought nothing for long
 * @param membersSilent mesh members that held messages back
 * @param owedEvicted messages owed that were pushed out by newer ones
 * @param rejected messages that validators rejected
 * @param ignored messages that validators ignored
 * @param validatorFailures calls of validators that threw
 * @param verdictsEvicted messages that waited for a verdict, pushed out by newer ones
 * @param seenEvicted seen ids pushed out before their time
 * @param cacheEvicted cached messages pushed out before their time
 * @param scoresEvicted scores of absent peers pushed out
 * @param peers peers connected now
 * @param topics topics known now, subscribed or claimed
 * @param claims claims of all peers now
 * @param seenIds ids in the seen cache now
 * @param cachedMessages messages in the message cache now
 * @param cachedBytes octets in the message cache now
 * @param openPromises ids asked for and not yet come
 * @param retainedScores scores kept of absent peers now
 * @param owed messages that mesh members owe us now
 * @param pendingVerdicts messages that wait for a verdict now
 */
public record GossipSubStats(
    long published,
    long publishSends,
    long publishRefused,
    long received,
    long delivered,
    long duplicates,
    long notSubscribed,
    long forwarded,
    long forwardRefused,
    long fromUnknownPeer,
    long fromGraylisted,
    long malformed,
    long invalid,
    long graftsReceived,
    long graftsRefused,
    long graftsSent,
    long prunesReceived,
    long prunesSent,
    long claimsEvicted,
    long claimsLapsed,
    long claimsRefused,
    long iHavesReceived,
    long iHavesSent,
    long iHaveIdsOverLimit,
    long iWantsReceived,
    long iWantsSent,
    long iWantIdsOverLimit,
    long iWantReplies,
    long repliesEvicted,
    long promisesBroken,
    long promisesEvicted,
    long dontWantsReceived,
    long dontWantsSent,
    long dontWantHonoured,
    long dontWantEvicted,
    long receiptsSent,
    long receiptsReceived,
    long receiptsOverLimit,
    long promisesRefused,
    long graftsOverLimit,
    long prunesOverLimit,
    long iHavesOverLimit,
    long iWantsOverLimit,
    long dontWantsOverLimit,
    long breaches,
    long deliveriesMissed,
    long membersTested,
    long membersSilent,
    long owedEvicted,
    long rejected,
    long ignored,
    long validatorFailures,
    long verdictsEvicted,
    long seenEvicted,
    long cacheEvicted,
    long scoresEvicted,
    int peers,
    int topics,
    int claims,
    int seenIds,
    int cachedMessages,
    long cachedBytes,
    int openPromises,
    int retainedScores,
    int owed,
    int pendingVerdicts) {
  static GossipSubStats of(EngineState engine, int openPromises, int owed, int pendingVerdicts) {
    Counters c = engine.counters;
    return new GossipSubStats(
        c.published,
        c.publishSends,
        c.publishRefused,
        c.received,
        c.delivered,
        c.duplicates,
        c.notSubscribed,
        c.forwarded,
        c.forwardRefused,
        c.fromUnknownPeer,
        c.fromGraylisted,
        c.malformed,
        c.invalid,
        c.graftsReceived,
        c.graftsRefused,
        c.graftsSent,
        c.prunesReceived,
        c.prunesSent,
        c.claimsEvicted,
        c.claimsLapsed,
        c.claimsRefused,
        c.iHavesReceived,
        c.iHavesSent,
        c.iHaveIdsOverLimit,
        c.iWantsReceived,
        c.iWantsSent,
        c.iWantIdsOverLimit,
        c.iWantReplies,
        c.repliesEvicted,
        c.promisesBroken,
        c.promisesEvicted,
        c.dontWantsReceived,
        c.dontWantsSent,
        c.dontWantHonoured,
        c.dontWantEvicted,
        c.receiptsSent,
        c.receiptsReceived,
        c.receiptsOverLimit,
        c.promisesRefused,
        c.graftsOverLimit,
        c.prunesOverLimit,
        c.iHavesOverLimit,
        c.iWantsOverLimit,
        c.dontWantsOverLimit,
        c.breaches,
        c.deliveriesMissed,
        c.membersTested,
        c.membersSilent,
        c.owedEvicted,
        c.rejected,
        c.ignored,
        c.validatorFailures,
        c.verdictsEvicted,
        c.seenEvicted,
        c.cacheEvicted,
        c.scoresEvicted,
        engine.peers.size(),
        engine.topics.size(),
        engine.peers.values().stream().mapToInt(peer -> peer.claims).sum(),
        engine.seen.size(),
        engine.messages.size(),
        engine.messages.bytes(),
        openPromises,
        engine.scores.retainedCount(),
        owed,
        pendingVerdicts);
  }
}
