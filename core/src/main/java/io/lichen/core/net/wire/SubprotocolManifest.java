// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which subprotocols a node speaks, and from which version on. The natives have the bytes but never
 * exchange them (docs/wire/net-routing.md, "Subprotocols"). Immutable.
 *
 * @param entries no two with one id
 */
public record SubprotocolManifest(List<Entry> entries) {
  private static final int COUNT_BYTES = 2;
  private static final int ENTRY_BYTES = 6;

  /**
   * A version.
   *
   * @param major 0 to 255
   * @param minor 0 to 255
   */
  public record Version(int major, int minor) implements Comparable<Version> {
    @Override
    public int compareTo(Version other) {
      return major != other.major ? major - other.major : minor - other.minor;
    }
  }

  /**
   * One subprotocol.
   *
   * @param id 0 to 65535
   * @param version what the node speaks
   * @param least the oldest that it understands
   */
  public record Entry(int id, Version version, Version least) {}

  /** Copies the entries. */
  public SubprotocolManifest {
    entries = List.copyOf(entries);
  }

  /**
   * Reads the readable octets, which are left as they are.
   *
   * @throws NetWireException if they are not exactly one manifest
   */
  public static SubprotocolManifest decode(ByteBuf octets) throws NetWireException {
    ByteBuf in = octets.duplicate();
    int count = in.readableBytes() < COUNT_BYTES ? -1 : in.readUnsignedShortLE();
    if (in.readableBytes() != count * ENTRY_BYTES) {
      throw new NetWireException(
          "a manifest of " + octets.readableBytes() + " octets says it has " + count + " entries");
    }
    List<Entry> entries = new ArrayList<>(count);
    Set<Integer> ids = new HashSet<>();
    for (int i = 0; i < count; i++) {
      Entry entry = new Entry(in.readUnsignedShortLE(), version(in), version(in));
      if (!ids.add(entry.id())) {
        throw new NetWireException("a manifest names " + entry.id() + " twice");
      }
      if (entry.least().compareTo(entry.version()) > 0) {
        throw new NetWireException("a manifest understands " + entry.id() + " only beyond itself");
      }
      entries.add(entry);
    }
    return new SubprotocolManifest(entries);
  }

  /** The octets. */
  public byte[] encode() {
    ByteBuf out = Unpooled.buffer(COUNT_BYTES + entries.size() * ENTRY_BYTES);
    out.writeShortLE(entries.size());
    for (Entry entry : entries) {
      out.writeShortLE(entry.id());
      for (Version version : List.of(entry.version(), entry.least())) {
        out.writeByte(version.major()).writeByte(version.minor());
      }
    }
    return out.array();
  }

  private static Version version(ByteBuf in) {
    return new Version(in.readUnsignedByte(), in.readUnsignedByte());
  }
}
