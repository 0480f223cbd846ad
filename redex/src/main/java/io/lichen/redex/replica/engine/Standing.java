// SPDX-License-Identifier: Apache-2.0
package io.lichen.redex.replica.engine;

import io.lichen.redex.replica.wire.TermHello;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a member may vote: not while it may have forgotten whom it voted for, or lost what it
 * acknowledged. It learns what it missed from a leader that was elected without it.
 */
final class Standing {
  private final TermContext context;
  private final Following following;
  private final Map<Long, Long> terms = new HashMap<>();

  Standing(TermContext context, Following following) {
    this.context = context;
    this.following = following;
  }

  void onTimer() {
    if (!context.state.isVoter()) {
      hello(true);
      review();
    }
  }

  private void hello(boolean asks) {
    byte[] message = new TermHello(context.state.term(), asks).encode(context.member.logId());
    context.member.others().forEach(node -> context.send(node, message.clone()));
  }

  void onHello(long from, TermHello hello) {
    terms.put(from, hello.term());
    if (hello.asks()) {
      context.send(from, new TermHello(context.state.term(), false).encode(context.member.logId()));
    }
    review();
  }

  /** Whether it may vote by now. */
  void review() {
    TermState state = context.state;
    if (state.isVoter()) {
      return;
    }
    boolean isKnown = !state.isForgetful() || isLast();
    if (isKnown && following.isComplete()) {
      state.restored();
    } else if (isBeginning()) {
      // Nobody was ever elected: there is nothing to forget.
      state.restored();
    }
  }

  /** Whether no member knows of a later term: none can be led by this node's forgotten vote. */
  private boolean isLast() {
    return context.member.others().stream()
        .allMatch(
            node ->
                terms.containsKey(node)
                    && Long.compareUnsigned(terms.get(node), context.state.term()) <= 0);
  }

  private boolean isBeginning() {
    return context.state.isForgetful() && context.state.term() == 0 && isLast();
  }
}
