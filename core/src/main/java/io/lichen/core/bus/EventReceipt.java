// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus;

/**
 * Where an ingested event went.
 *
 * @param shard the shard
 * @param insertionTs nanoseconds since that shard began, larger than that of any earlier event of
 *     it; no wall clock, and nothing to compare between shards or after a restart
 */
public record EventReceipt(int shard, long insertionTs) {}
