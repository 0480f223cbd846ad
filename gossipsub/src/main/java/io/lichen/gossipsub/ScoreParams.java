// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.Objects;

/**
 * What the engine's own opinion of a peer is made of (docs/wire/moss-gossip.md, "Scores"). Counters
 * fade by their half-life at each heartbeat and are 0 below 0.1; a half-life of 0 means never.
 * Immutable.
 *
 * @param timeInMesh P1, for long membership
 * @param firstDelivery P2, for bringing messages first
 * @param meshDelivery P3 and P3b, against members that do not bring what they must have
 * @param invalidMessage P4, against senders of invalid messages
 * @param applicationWeight P5, factor of {@link GossipSub#applicationScore}; 0..1000
 * @param colocation P6, against many peers at one address
 * @param behaviour P7, against breaking the protocol
 * @param retainMs how long the score of an absent peer is kept while it is negative, milliseconds;
 *     0..2147483647
 */
public record ScoreParams(
    TimeInMesh timeInMesh,
    FirstDelivery firstDelivery,
    MeshDelivery meshDelivery,
    InvalidMessage invalidMessage,
    double applicationWeight,
    Colocation colocation,
    Behaviour behaviour,
    int retainMs) {
  private static final double MAX_WEIGHT = 1000;
  private static final double MAX_COUNT = 1e9;
  private static final ScoreParams DEFAULTS =
      new ScoreParams(
          new TimeInMesh(0.03, 30, false),
          new FirstDelivery(0.66, 50, 60_000),
          new MeshDelivery(-0.5, -0.5, 2, 10, 20, 5000, 30_000, 60_000, true),
          new InvalidMessage(-10, 2, 120_000),
          1,
          new Colocation(-5, 2, 4),
          new Behaviour(-10, 10, 60_000, 64),
          3_600_000);
  private static final ScoreParams MOSS_0_8_19 =
      new ScoreParams(
          new TimeInMesh(0.03, MAX_COUNT, true),
          new FirstDelivery(0.66, MAX_COUNT, 0),
          new MeshDelivery(-0.5, -0.5, 1, 0, MAX_COUNT, 1000, 0, 0, false),
          new InvalidMessage(-10, 1, 0),
          1,
          new Colocation(-5, 1, 1),
          new Behaviour(0, 0, 0, 0),
          Integer.MAX_VALUE);

  /**
   * P1: the time in the mesh in which the peer is longest.
   *
   * @param weightPerS points for each second; 0..1000
   * @param capS seconds that count at most; 0..1e9
   * @param sinceSession whether the time of the session counts, in or out of meshes
   */
  public record TimeInMesh(double weightPerS, double capS, boolean sinceSession) {
    /** Checks the ranges. */
    public TimeInMesh {
      Checks.range("timeInMesh.weightPerS", weightPerS, 0, MAX_WEIGHT);
      Checks.range("timeInMesh.capS", capS, 0, MAX_COUNT);
    }
  }

  /**
   * P2: messages of which the peer brought the first copy.
   *
   * @param weight points for each; 0..1000
   * @param cap how many count at most; 0..1e9
   * @param halfLifeMs milliseconds, 0 for ever; 0..2147483647
   */
  public record FirstDelivery(double weight, double cap, int halfLifeMs) {
    /** Checks the ranges. */
    public FirstDelivery {
      Checks.range("firstDelivery.weight", weight, 0, MAX_WEIGHT);
      Checks.range("firstDelivery.cap", cap, 0, MAX_COUNT);
      Checks.range("firstDelivery.halfLifeMs", halfLifeMs, 0, Integer.MAX_VALUE);
    }
  }

  /**
   * P3: messages that a mesh member owed us and did not bring; P3b: what was left of them when it
   * went out of the mesh.
   *
   * @param weight points for the deficit of each topic; -1000..0
   * @param failureWeight the same for the deficits of meshes that the peer has left; -1000..0
   * @param exponent 2 to square deficits, 1 not to; 1..2
   * @param tolerated missed messages that do not count yet; 0..1e9
   * @param cap missed messages that are counted at most; tolerated..1e9
   * @param windowMs how long after the first copy the peer's own may come, milliseconds; 0..600000
   * @param activationMs how long a peer is in the mesh before this counts, milliseconds; 0..3600000
   * @param halfLifeMs milliseconds, 0 for ever; 0..2147483647
   * @param excuseForwarded whether a member owes nothing that we forwarded to it or said not to
   *     want: peers never send back what they got
   */
  public record MeshDelivery(
      double weight,
      double failureWeight,
      int exponent,
      double tolerated,
      double cap,
      int windowMs,
      int activationMs,
      int halfLifeMs,
      boolean excuseForwarded) {
    /** Checks the ranges. */
    public MeshDelivery {
      Checks.range("meshDelivery.weight", weight, -MAX_WEIGHT, 0);
      Checks.range("meshDelivery.failureWeight", failureWeight, -MAX_WEIGHT, 0);
      Checks.range("meshDelivery.exponent", exponent, 1, 2);
      Checks.range("meshDelivery.tolerated", tolerated, 0, MAX_COUNT);
      Checks.range("meshDelivery.cap", cap, tolerated, MAX_COUNT);
      Checks.range("meshDelivery.windowMs", windowMs, 0, 600_000);
      Checks.range("meshDelivery.activationMs", activationMs, 0, 3_600_000);
      Checks.range("meshDelivery.halfLifeMs", halfLifeMs, 0, Integer.MAX_VALUE);
    }
  }

  /**
   * P4: invalid messages.
   *
   * @param weight points for the count; -1000..0
   * @param exponent 2 to square the count, 1 not to; 1..2
   * @param halfLifeMs milliseconds, 0 for ever; 0..2147483647
   */
  public record InvalidMessage(double weight, int exponent, int halfLifeMs) {
    /** Checks the ranges. */
    public InvalidMessage {
      Checks.range("invalidMessage.weight", weight, -MAX_WEIGHT, 0);
      Checks.range("invalidMessage.exponent", exponent, 1, 2);
      Checks.range("invalidMessage.halfLifeMs", halfLifeMs, 0, Integer.MAX_VALUE);
    }
  }

  /**
   * P6: peers in one {@link AddressGroup}.
   *
   * @param weight points for the surplus; -1000..0
   * @param exponent 2 to square the surplus, 1 not to; 1..2
   * @param tolerated peers that may share an address; 1..1000000
   */
  public record Colocation(double weight, int exponent, int tolerated) {
    /** Checks the ranges. */
    public Colocation {
      Checks.range("colocation.weight", weight, -MAX_WEIGHT, 0);
      Checks.range("colocation.exponent", exponent, 1, 2);
      Checks.range("colocation.tolerated", tolerated, 1, 1_000_000);
    }
  }

  /**
   * P7: the squared surplus of breaches of the protocol.
   *
   * @param weight points for the squared surplus; -1000..0
   * @param tolerated breaches that do not count yet; 0..1e9
   * @param halfLifeMs milliseconds, 0 for ever; 0..2147483647
   * @param testAfter a mesh member that has brought none of so many messages is put to the test
   *     whether it holds them back; 0 for never; 0..1000000
   */
  public record Behaviour(double weight, double tolerated, int halfLifeMs, int testAfter) {
    /** Checks the ranges. */
    public Behaviour {
      Checks.range("behaviour.weight", weight, -MAX_WEIGHT, 0);
      Checks.range("behaviour.tolerated", tolerated, 0, MAX_COUNT);
      Checks.range("behaviour.halfLifeMs", halfLifeMs, 0, Integer.MAX_VALUE);
      Checks.range("behaviour.testAfter", testAfter, 0, 1_000_000);
    }
  }

  /** Refuses nulls and checks the ranges; the parts check themselves. */
  public ScoreParams {
    Objects.requireNonNull(timeInMesh);
    Objects.requireNonNull(firstDelivery);
    Objects.requireNonNull(meshDelivery);
    Objects.requireNonNull(invalidMessage);
    Checks.range("applicationWeight", applicationWeight, 0, MAX_WEIGHT);
    Objects.requireNonNull(colocation);
    Objects.requireNonNull(behaviour);
    Checks.range("retainMs", retainMs, 0, Integer.MAX_VALUE);
  }

  /** The defaults; safe among natives, which send nothing back and repeat every GRAFT. */
  public static ScoreParams defaults() {
    return DEFAULTS;
  }

  /** The opinion that natives have: nothing fades, and nothing is squared. */
  public static ScoreParams moss0819() {
    return MOSS_0_8_19;
  }

  /** The same with other mesh deliveries. */
  public ScoreParams withMeshDelivery(MeshDelivery value) {
    return new ScoreParams(
        timeInMesh,
        firstDelivery,
        value,
        invalidMessage,
        applicationWeight,
        colocation,
        behaviour,
        retainMs);
  }
}
