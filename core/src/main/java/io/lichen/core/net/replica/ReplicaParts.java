// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.replica;

import io.lichen.core.net.delivery.DeliveryCounters;
import io.lichen.core.work.CallbackScope;
import io.lichen.core.work.Completions;
import io.lichen.core.work.FaultGuard;
import io.lichen.redex.replica.ReplicationLink;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all replicas of a node share.
 *
 * @param self the node
 * @param link the way to other nodes
 * @param executor runs what waits for the disk or calls the application
 * @param scope the application's code is called in
 * @param completions completes what the application holds
 * @param faults counts faults of this program
 * @param dropped messages for which there was no room
 * @param newsCounters news of roles that made room
 */
public record ReplicaParts(
    long self,
    ReplicationLink link,
    Executor executor,
    CallbackScope scope,
    Completions completions,
    FaultGuard faults,
    LongAdder dropped,
    DeliveryCounters newsCounters) {}
