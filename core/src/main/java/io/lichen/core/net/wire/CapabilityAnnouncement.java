// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.wire;

import io.lichen.crypto.entity.EntityId;
import io.lichen.crypto.entity.EntityKeyPair;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node's signed word on what it has (docs/wire/net-capabilities.md, "The announcement").
 * Immutable.
 *
 * @param nodeId who says it, unsigned; whether it is the entity's is for the receiver to check
 * @param entity whose key signs it
 * @param version grows with each announcement of a node, unsigned
 * @param timestampNs when it was made, in Unix nanoseconds of that node's clock, unsigned
 * @param ttlSecs for how long it holds from when it comes, 0 to 2^32 - 1
 * @param capabilities what the node has
 * @param signature 128 hex digits, lower case; {@code null} if there is none
 * @param hopCount how often it was passed on, 0 to 255; not signed
 * @param reflex where the node was seen from outside; {@code null} if it does not say
 * @param allowed whom its services are for
 * @param ownerCertificate 312 hex digits, lower case, carried unseen; {@code null} if there is none
 */
public record CapabilityAnnouncement(
    long nodeId,
    EntityId entity,
    long version,
    long timestampNs,
    long ttlSecs,
    CapabilityTags capabilities,
    @Nullable String signature,
    int hopCount,
    @Nullable ReflexAddress reflex,
    AllowLists allowed,
    @Nullable String ownerCertificate) {
  /** The longest announcement in octets: it has to fit into one event. */
  public static final int MAX_BYTES = 8104;

  /** Announcements that were passed on this often are not passed on again. */
  public static final int MAX_HOPS = 15;

  private static final HexFormat HEX = HexFormat.of();

  /**
   * For whom the services of a node are; nobody named means everybody. Each list has 64 entries at
   * most.
   *
   * @param nodes node ids, unsigned
   * @param subnets 32 hex digits each, lower case
   * @param groups 64 hex digits each, lower case
   */
  public record AllowLists(List<Long> nodes, List<String> subnets, List<String> groups) {
    /** Everybody. */
    public static final AllowLists EVERYBODY = new AllowLists(List.of(), List.of(), List.of());

    /** The most entries of each list. */
    public static final int MAX_ENTRIES = 64;

    /** Copies the lists. */
    public AllowLists {
      nodes = List.copyOf(nodes);
      subnets = List.copyOf(subnets);
      groups = List.copyOf(groups);
    }
  }

  /**
   * An announcement of one's own, as it is before it is signed.
   *
   * @param ttlSecs 0 to 2^32 - 1
   */
  public static CapabilityAnnouncement unsigned(
      EntityId entity,
      long version,
      long timestampNs,
      long ttlSecs,
      CapabilityTags capabilities,
      @Nullable ReflexAddress reflex) {
    return new CapabilityAnnouncement(
        entity.nodeId(),
        entity,
        version,
        timestampNs,
        ttlSecs,
        capabilities,
        null,
        0,
        reflex,
        AllowLists.EVERYBODY,
        null);
  }

  /**
   * Reads the readable octets, which are left as they are. The signature is not looked at.
   *
   * @throws NetWireException if they are more than 8104 or not an announcement
   */
  public static CapabilityAnnouncement decode(ByteBuf in) throws NetWireException {
    if (in.readableBytes() > MAX_BYTES) {
      throw new NetWireException(
          "an announcement has at most " + MAX_BYTES + " octets, not " + in.readableBytes());
    }
    return AnnouncementReader.read(ByteBufUtil.getBytes(in));
  }

  /** The octets that cross the wire; they may be more than {@link #MAX_BYTES}. */
  public byte[] encode() {
    return AnnouncementWriter.write(this, true);
  }

  /** The octets that the signature is over: the same text without signature and hop count. */
  public byte[] signedBytes() {
    return AnnouncementWriter.write(this, false);
  }

  /** The same, signed by its entity. */
  public CapabilityAnnouncement sign(EntityKeyPair keys) {
    return with(HEX.formatHex(keys.sign(signedBytes())), hopCount);
  }

  /** Whether there is a signature and it is the entity's. Takes about 100 µs. */
  public boolean isSigned() {
    return signature != null && entity.verify(signedBytes(), HEX.parseHex(signature));
  }

  /** What is passed on: one hop older. The signature still holds. */
  public CapabilityAnnouncement forwarded() {
    return with(signature, Math.min(hopCount + 1, 0xFF));
  }

  private CapabilityAnnouncement with(@Nullable String newSignature, int newHopCount) {
    return new CapabilityAnnouncement(
        nodeId,
        entity,
        version,
        timestampNs,
        ttlSecs,
        capabilities,
        newSignature,
        newHopCount,
        reflex,
        allowed,
        ownerCertificate);
  }
}
