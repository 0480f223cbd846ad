// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import java.util.Map;

/**
 * The numbers that say what an event is when it is no event of the application's
 * (docs/wire/net-routing.md, "Subprotocols").
 */
public final class SubprotocolIds {
  /** Events of the application. */
  public static final int EVENTS = 0x0000;

  /** Who subscribes to which channel. */
  public static final int MEMBERSHIP = 0x0A00;

  /** A node proves that it is who its node id says. */
  public static final int IDENTITY_PROOF = 0x0A01;

  /** What a node has. */
  public static final int CAPABILITY = 0x0C00;

  /** Whom a node can no longer reach. */
  public static final int ROUTE_WITHDRAWAL = 0x0C01;

  /** What a node has, readable for members of an organisation. */
  public static final int SCOPED_CAPABILITY = 0x0C04;

  /** Where a node is seen from. */
  public static final int REFLEX = 0x0D00;

  /** How two nodes behind NATs are introduced to each other. */
  public static final int RENDEZVOUS = 0x0D01;

  /** How two ends of a relayed session find a path without the relay; Lichen's own. */
  public static final int DIRECT_PATH = 0x4C00;

  /** The largest number. */
  public static final int MAX = 0xFFFF;

  private static final int VENDOR_FIRST = 0x1000;
  private static final int EXPERIMENTAL_FIRST = 0xF000;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(EVENTS, "events"),
          Map.entry(0x0400, "causal"),
          Map.entry(0x0401, "snapshot"),
          Map.entry(0x0500, "migration"),
          Map.entry(0x0600, "negotiation"),
          Map.entry(0x0700, "continuity"),
          Map.entry(0x0701, "fork_announcement"),
          Map.entry(0x0702, "continuity_proof"),
          Map.entry(0x0800, "partition"),
          Map.entry(0x0801, "reconcile"),
          Map.entry(0x0900, "replica_group"),
          Map.entry(MEMBERSHIP, "membership"),
          Map.entry(IDENTITY_PROOF, "identity_proof"),
          Map.entry(0x0A02, "subnet_admission"),
          Map.entry(0x0B00, "stream_window"),
          Map.entry(0x0B01, "stream_nack"),
          Map.entry(0x0B02, "stream_reset"),
          Map.entry(0x0B03, "stream_ack"),
          Map.entry(CAPABILITY, "capability"),
          Map.entry(ROUTE_WITHDRAWAL, "route_withdrawal"),
          Map.entry(0x0C02, "sensing_interest"),
          Map.entry(0x0C03, "sensing_attestation"),
          Map.entry(SCOPED_CAPABILITY, "scoped_capability"),
          Map.entry(REFLEX, "reflex"),
          Map.entry(RENDEZVOUS, "rendezvous"),
          Map.entry(0x0D02, "rtc_signal"),
          Map.entry(0x0E00, "redex_replication"),
          Map.entry(0x0F00, "meshdb"),
          Map.entry(0x1000, "fold"),
          Map.entry(0x1100, "blob_transfer"),
          Map.entry(DIRECT_PATH, "direct_path"));

  private SubprotocolIds() {}

  /** What a number is called in counters and logs: known ones by name, others by their range. */
  public static String name(int id) {
    String name = NAMES.get(id);
    if (name != null) {
      return name;
    }
    if (id < VENDOR_FIRST) {
      return "unallocated";
    }
    return id < EXPERIMENTAL_FIRST ? "vendor" : "experimental";
  }
}
