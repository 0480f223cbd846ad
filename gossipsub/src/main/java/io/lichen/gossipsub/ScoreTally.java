// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** What is counted about one peer, for its score. */
final class ScoreTally {
  /** P1: seconds that count; set anew at each heartbeat. */
  double meshS;

  /** P2: messages that it brought first. */
  double firstDeliveries;

  /** P3: the deficits of the meshes in which it is; set anew at each heartbeat. */
  double deficit;

  /** P3b: the deficits of the meshes that it has left. */
  double failures;

  /** P4: invalid messages. */
  double invalid;

  /** P5: what the application said. */
  double application;

  /** P7: breaches of the protocol. */
  double breaches;

  /** The heartbeat after which the tally of an absent peer is forgotten. */
  long forgetAtTick;

  /** Only what counts against a peer outlives its session. */
  void dropCredit() {
    meshS = 0;
    deficit = 0;
    firstDeliveries = 0;
    application = Math.min(0, application);
  }
}
