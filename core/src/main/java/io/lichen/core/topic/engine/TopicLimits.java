// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.topic.engine;

/** The numbers of docs/wire/lichen-extensions.md, "Durable topics". */
final class TopicLimits {
  /** Keys that are asked for at once, and listed at most. */
  static final int PAGE_KEYS = 1024;

  /** Messages that are asked for at once, and looked for at most. */
  static final int FETCH_MESSAGES = 256;

  /** Messages of one answer together, in bytes, unless it is a single one. */
  static final int ANSWER_BYTES = 48 * 1024;

  /** How long a message that a peer has just got may still be on its way here. */
  static final long GRACE_MS = 1_000;

  /** How long an answer is waited for, each time. */
  static final long ANSWER_MS = 2_000;

  /** How often a request is sent before it is given up. */
  static final int TRIES = 3;

  /** How often a peer that has the topic, too, is told of news. */
  static final long OFFER_NEWS_MS = 1_000;

  /** How often every peer is told how things are. */
  static final long OFFER_IDLE_MS = 15_000;

  /** Pages that are taken from one peer before it is another's turn. */
  static final int TURN_PAGES = 64;

  /** How long one peer's turn lasts at most, but for the page that was begun. */
  static final long TURN_MS = 30_000;

  /** How long a peer that failed for the first time is left alone. */
  static final long HOLD_OFF_MS = 2_000;

  /** How long one is that failed often. */
  static final long LONG_HOLD_OFF_MS = 300_000;

  /** How long one is whose message was not what it said. */
  static final long FORGER_HOLD_OFF_MS = 600_000;

  /** By how much the clocks of nodes differ, together with a message's way through the mesh. */
  static final long SLACK_MS = 120_000;

  /** Requests of one peer that are answered at once, and in a second. */
  static final int ANSWERS = 256;

  /** Peers whose logs are remembered. */
  static final int MAX_CURSORS = 256;

  private TopicLimits() {}
}
