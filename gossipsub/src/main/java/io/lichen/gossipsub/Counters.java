// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** Running totals of one engine; {@link GossipSubStats} is their snapshot. Single-threaded. */
final class Counters {
  long published;
  long publishSends;
  long publishRefused;
  long received;
  long delivered;
  long duplicates;
  long notSubscribed;
  long forwarded;
  long forwardRefused;
  long fromUnknownPeer;
  long fromGraylisted;
  long malformed;
  long invalid;
  long graftsReceived;
  long graftsRefused;
  long graftsSent;
  long prunesReceived;
  long prunesSent;
  long claimsEvicted;
  long claimsLapsed;
  long iHavesReceived;
  long iHavesSent;
  long iHaveIdsOverLimit;
  long iWantsReceived;
  long iWantsSent;
  long iWantIdsOverLimit;
  long iWantReplies;
  long promisesBroken;
  long promisesEvicted;
  long dontWantsReceived;
  long dontWantsSent;
  long dontWantHonoured;
  long dontWantEvicted;
  long receiptsSent;
  long receiptsReceived;
  long receiptsOverLimit;
  long promisesRefused;
  long graftsOverLimit;
  long prunesOverLimit;
  long iHavesOverLimit;
  long iWantsOverLimit;
  long dontWantsOverLimit;
  long breaches;
  long deliveriesMissed;
  long owedEvicted;
  long rejected;
  long ignored;
  long validatorFailures;
  long verdictsEvicted;
  long seenEvicted;
  long cacheEvicted;
  long scoresEvicted;
}
