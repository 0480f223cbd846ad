// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.capability;

import java.util.Collection;
import java.util.List;

/**
 * Tags that a node puts into its announcements by itself (docs/wire/net-capabilities.md, "Tags of
 * the node").
 */
public final class NodeTags {
  /** It acknowledges received packets of a stream by ranges. */
  public static final String ACK_RANGES = "net.reliable.stream_ack_ranges@1";

  /** It puts large events together again from what natives call fragments. */
  public static final String NATIVE_FRAGMENTS = "net.stream.fragment_reassembly@1";

  /** It does so over UDP too; only where this stands does a Lichen node send fragments. */
  public static final String FRAGMENTS = "lichen.stream.fragment_reassembly@1";

  /** Its relayed sessions move to a path without the relay. */
  public static final String DIRECT_PATHS = "lichen.direct_paths@1";

  /** It makes use of what the other end of a punch says of its next ports. */
  public static final String PORT_PREDICTION = "lichen.port_prediction@1";

  /** Before the step of a NAT that gives out ports in order. */
  public static final String PORT_STEP_PREFIX = "lichen.port_step:";

  /** Before each name of a service that it serves. */
  public static final String SERVICE_PREFIX = "nrpc:";

  /** It does not know what it is behind. */
  public static final String NAT_UNKNOWN = "nat:unknown";

  private static final List<String> ALWAYS = List.of(ACK_RANGES, NATIVE_FRAGMENTS, FRAGMENTS);

  private NodeTags() {}

  /** Adds those of a node, its NAT class among them, to what its application announces. */
  static void addTo(
      Collection<String> tags, Collection<String> natTags, Collection<String> services) {
    tags.removeIf(
        tag ->
            tag.startsWith("nat:")
                || tag.startsWith(PORT_STEP_PREFIX)
                || tag.startsWith(SERVICE_PREFIX));
    tags.addAll(ALWAYS);
    tags.addAll(natTags);
    services.forEach(service -> tags.add(SERVICE_PREFIX + service));
  }
}
