// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.Unpooled;

/** Announcements that a native printed. */
final class RecordedAnnouncements {
  /** The key that signed {@link #FULL}, in hex. */
  static final String FULL_SEED =
      "141b222930373e454c535a61686f767d848b9299a0a7aeb5bcc3cad1d8dfe6ed";

  /** With every optional member, escapes, and characters beyond ASCII. */
  static final String FULL =
      "{\"node_id\":5664432176410796931,\"entity_id\":\"f66f66ab9a54a3109fdd94b931374f0b30"
          + "49df9a6c559f8e07c90828e449dd65\",\"version\":10,\"timestamp_ns\":170000000012345679"
          + "8,\"ttl_secs\":309,\"capabilities\":{\"tags\":[\"model:llama \\\"q\\\"\\\\4\",\"subprotocol:0"
          + "x0400\",\"\u03c4ag\"],\"metadata\":{\"a\":\"b\",\"intent\":\"line1\\nline2\\t\\u0001\"}},\"signature"
          + "\":\"5131202283d5d26d91c6f71b69e5b97395cb91f0c223c350ff3338b43c0e974072a72fd68d5"
          + "143a82ecef24c23c00d6017365c1f9938524029b146d53cd1a20c\",\"allowed_nodes\":[1,1844"
          + "6744073709551615],\"allowed_subnets\":[[7,7,7,7,7,7,7,7,7,7,7,7,7,7,7,7]],\"allow"
          + "ed_groups\":[[9,16,23,30,37,44,51,58,65,72,79,86,93,100,107,114,121,128,135,142"
          + ",149,156,163,170,177,184,191,198,205,212,219,226]],\"owner_cert\":\"8a5ee73f13bbf"
          + "562ce86f06ff0b7bf2cc50042916f5cc3d239887b4498a895c3f66f66ab9a54a3109fdd94b9313"
          + "74f0b3049df9a6c559f8e07c90828e449dd6500f153650000000010ff536500000000010000000"
          + "50000000000000001206a88f797bdf738a7332edf80c2132daf9b965efce3675fe70c83892b649"
          + "efb9ab8e1247ba4f3800beb85ff1d3456b7942958cd0b385f71990a2064c78909\"}";

  /** With tags and metadata, and a signature that holds. */
  static final String USUAL =
      "{\"node_id\":9849982798269398904,\"entity_id\":\"31749a4392cf7d9842121bddbc6106ec6c"
          + "089b283b6867c59d1eac03b13ef532\",\"version\":2,\"timestamp_ns\":1700000000123456790"
          + ",\"ttl_secs\":301,\"capabilities\":{\"tags\":[\"nat:unknown\",\"net.reliable.stream_ack"
          + "_ranges@1\",\"nrpc:echo\",\"scope:tenant:acme\"],\"metadata\":{\"a\":\"b\",\"intent\":\"line"
          + "1\\nline2\\t\\u0001\"}},\"signature\":\"504673d2e0acd2f26cc9ced60f6d94ce9b8a9956807c9"
          + "d815d1bd0bc7b5bb7202c46a7566a805bef44df8efc8a150363fbdcfd135af8b1c1c0246987c44"
          + "aaf0b\"}";

  private RecordedAnnouncements() {}

  static CapabilityAnnouncement decode(String text) throws NetWireException {
    return CapabilityAnnouncement.decode(Unpooled.wrappedBuffer(text.getBytes(UTF_8)));
  }
}
