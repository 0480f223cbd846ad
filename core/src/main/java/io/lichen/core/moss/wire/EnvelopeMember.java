// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.wire;

import io.lichen.core.json.NameTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The members of an envelope in their order on the wire (docs/wire/moss-envelope.md, "Members").
 */
enum EnvelopeMember {
  TYPE("type"),
  CHANNEL("channel"),
  MESSAGE_ID("message_id"),
  MESSAGE_IDS("message_ids"),
  SEQUENCE("sequence"),
  SENDER_ID("sender_id"),
  RELAY_SESSION("relay_session"),
  RELAY_SOURCE("relay_source"),
  RELAY_TARGET("relay_target"),
  RELAY_SIGNATURE("relay_signature"),
  REQUEST_ID("request_id"),
  COORD_STAGE("coord_stage"),
  COORD_AT("coord_at"),
  OBSERVED_ADDR("observed_addr"),
  ADVERTISED_PEER_ID("advertised_peer_id"),
  ADVERTISED_ADDR("advertised_addr"),
  ADVERTISED_NAT_TYPE("advertised_nat_type"),
  ADVERTISED_REACHABLE("advertised_reachable"),
  ADVERTISED_RELAY_CAPABLE("advertised_relay_capable"),
  ADVERTISED_NOISE_STATIC("advertised_noise_static"),
  ADVERTISED_SIGNATURE("advertised_signature"),
  REACHABLE("reachable"),
  PAYLOAD("payload"),
  OV_KEY("ov_key"),
  OV_CONTACTS("ov_contacts"),
  OV_PROVIDERS("ov_providers");

  /** All names, numbered in wire order. */
  static final NameTable NAMES = names();

  private static final EnvelopeMember[] ALL = values();

  private final String wireName;

  @SuppressWarnings("ImmutableEnumChecker") // ready-made bytes that only the writers read
  private final byte[] key;

  EnvelopeMember(String wireName) {
    this.wireName = wireName;
    this.key = (",\"" + wireName + "\":").getBytes(StandardCharsets.US_ASCII);
  }

  /** The member with this number. */
  static EnvelopeMember of(int index) {
    return ALL[index];
  }

  /** What stands before its value when another member precedes: comma, quoted name, colon. */
  byte[] key() {
    return key;
  }

  private static NameTable names() {
    List<String> names = new ArrayList<>();
    for (EnvelopeMember member : values()) {
      names.add(member.wireName);
    }
    return new NameTable(names);
  }
}
