// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.moss.discovery.tracker;

/** Why a node announces itself. */
public enum AnnounceEvent {
  /** It still is there. */
  NONE(0),
  /** It has what it came for; a mesh node never says so. */
  COMPLETED(1),
  /** It has come. */
  STARTED(2),
  /** It is about to go. */
  STOPPED(3);

  private final int code;

  AnnounceEvent(int code) {
    this.code = code;
  }

  /** The number in UDP announces. */
  public int code() {
    return code;
  }
}
