// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica;

/**
 * What a {@link Replica} asks of whoever drives it, and tells it. Called on the thread that drives
 * the replica; must not call it back before returning.
 */
public interface ReplicaListener {
  /**
   * Asks for {@link io.lichen.redex.RedexFile#sync} on another thread, and then for {@link
   * Replica#onForced}. Asked for again before that, it must be done once more.
   */
  void force();

  /**
   * Announces that this node holds the log, up to a number.
   *
   * @return whether that worked
   */
  boolean announce(long tailSeq);

  /**
   * Takes the announcement back.
   *
   * @return whether that worked
   */
  boolean withdraw();

  /** The role changed, or the leader that it follows; after the announcement. */
  void onChanged(ReplicaStatus status);
}
