// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.adapter;

import io.lichen.core.bus.EventBatch;
import io.lichen.core.bus.EventBusAdapter;
import org.jspecify.annotations.Nullable;

/** Keeps nothing: what the natives do unless told otherwise. */
public final class NoAdapter implements EventBusAdapter {
  @Override
  public void onBatch(EventBatch batch) {
    // Taken, and gone.
  }

  @Override
  public ShardPage poll(int shard, @Nullable String from, int limit) {
    return ShardPage.EMPTY;
  }
}
