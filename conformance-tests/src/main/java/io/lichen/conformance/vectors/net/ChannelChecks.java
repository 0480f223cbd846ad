// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.net;

import static io.lichen.conformance.vectors.Trees.hex;
import static io.lichen.conformance.vectors.Trees.object;
import static io.lichen.conformance.vectors.Trees.text;
import static io.lichen.conformance.vectors.net.Longs.u64;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.MixedCheck;
import io.lichen.conformance.vectors.VectorCheck;
import io.lichen.core.net.channel.SubnetId;
import io.lichen.crypto.ChannelName;
import io.lichen.transport.net.codec.LittleEndian;
import java.util.HexFormat;

/** Names of channels, groups and subnets, and the numbers made of them. */
final class ChannelChecks {
  private ChannelChecks() {}

  static VectorCheck hashes() {
    return new MixedCheck(
        ChannelChecks::hashes,
        "hash",
        "hash_hex",
        "publish_stream_id",
        "redex_channel_id",
        "wire_hash");
  }

  static VectorCheck validity() {
    return new MixedCheck(
        vector -> object().put("valid", ChannelName.isValid(text(vector, "name"))), "valid");
  }

  static VectorCheck groupHash() {
    return new MixedCheck(
        vector -> {
          ChannelName channel = ChannelName.of(text(vector, "channel"));
          return object().put("grant_hash", u64(channel.groupHash(text(vector, "group"))));
        },
        "grant_hash");
  }

  static VectorCheck subnet() {
    return new MixedCheck(ChannelChecks::subnet, "depth", "le_bytes", "levels", "raw");
  }

  private static ObjectNode hashes(JsonNode vector) {
    ChannelName channel = ChannelName.of(text(vector, "name"));
    return object()
        .put("hash", u64(channel.hash()))
        .put("hash_hex", HexFormat.of().toHexDigits(channel.hash()))
        .put("publish_stream_id", u64(channel.publishStreamId()))
        .put("redex_channel_id", hex(channel.logId()))
        .put("wire_hash", channel.wireHash());
  }

  private static ObjectNode subnet(JsonNode vector) {
    String display = text(vector, "display");
    SubnetId subnet = display.equals("global") ? SubnetId.GLOBAL : SubnetId.parse(display);
    if (!subnet.toString().equals(display)) {
      throw new AssertionError("it is shown as " + subnet);
    }
    byte[] bytes = new byte[Integer.BYTES];
    LittleEndian.putInt(bytes, 0, subnet.raw());
    ObjectNode answer = object().put("depth", subnet.depth()).put("le_bytes", hex(bytes));
    ArrayNode levels = answer.putArray("levels");
    for (int index = 0; index < subnet.depth(); index++) {
      levels.add(subnet.level(index));
    }
    return answer.put("raw", Integer.toUnsignedLong(subnet.raw()));
  }
}
