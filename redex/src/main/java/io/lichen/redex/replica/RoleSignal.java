// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

/** Why a node changes its role (docs/wire/redex-replication.md, "Roles"). */
public enum RoleSignal {
  CAPABILITY_SELECTED,
  MISSED_HEARTBEATS,
  ELECTION_WON,
  ELECTION_LOST,
  GRACEFUL_RELINQUISH,
  DISK_PRESSURE_WITHDRAW,
  LEADER_DISK_PRESSURE_WITHDRAW,
  CANDIDATE_DISK_PRESSURE_WITHDRAW,
  CHANNEL_CLOSE,
  PEER_LEADER_OBSERVED
}
