// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Random inputs in random order. What must hold at every step is checked by {@link CheckedEngine};
 * a run covers less than the seen cache's two minutes, so that nothing may be delivered twice.
 */
class GossipSubPropertyTest {
  private static final int RUNS = "full".equals(System.getProperty("lichen.suite")) ? 20 : 1;

  @Property(tries = 2000)
  void shouldKeepItsInvariantsUnderAnyInput(@ForAll("runs") List<Action> actions) {
    run(actions);
  }

  @Property(tries = 100)
  void shouldKeepItsInvariantsInLongRuns(@ForAll("longRuns") List<List<Action>> runs) {
    runs.forEach(GossipSubPropertyTest::run);
  }

  private static void run(List<Action> actions) {
    CheckedEngine engine = new CheckedEngine();
    actions.forEach(engine::apply);
  }

  @Provide
  Arbitrary<List<Action>> runs() {
    return actions().list().ofMaxSize(100);
  }

  @Provide
  Arbitrary<List<List<Action>>> longRuns() {
    return actions().list().ofMinSize(200).ofMaxSize(400).list().ofSize(RUNS);
  }

  private static Arbitrary<Action> actions() {
    Arbitrary<Integer> peers = Arbitraries.integers().between(1, 9);
    Arbitrary<Integer> topics = Arbitraries.integers().between(0, 3);
    Arbitrary<Integer> local = Arbitraries.integers().between(0, 2);
    Arbitrary<Integer> messages = Arbitraries.integers().between(1, 30);
    Arbitrary<List<Integer>> ids = messages.list().ofMaxSize(6);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<Double> scores = Arbitraries.of(5.0, 1.0, 0.0, -1.0, -50.0, -500.0, -20_000.0);
    return Arbitraries.frequencyOf(
        Tuple.of(6, Combinators.combine(peers, flags).as(Action.Connect::new)),
        Tuple.of(2, peers.map(Action.Disconnect::new)),
        Tuple.of(3, local.map(Action.Subscribe::new)),
        Tuple.of(1, local.map(Action.Unsubscribe::new)),
        Tuple.of(3, Combinators.combine(topics, messages).as(Action.Publish::new)),
        Tuple.of(8, Combinators.combine(peers, topics, messages).as(Action.Incoming::new)),
        Tuple.of(8, Combinators.combine(peers, topics).as(Action.Graft::new)),
        Tuple.of(2, Combinators.combine(peers, topics).as(Action.Prune::new)),
        Tuple.of(3, Combinators.combine(peers, topics, ids).as(Action.IHave::new)),
        Tuple.of(3, Combinators.combine(peers, topics, ids).as(Action.IWant::new)),
        Tuple.of(2, Combinators.combine(peers, topics, ids).as(Action.DontWant::new)),
        Tuple.of(1, Combinators.combine(peers, scores).as(Action.Rescore::new)),
        Tuple.of(1, peers.map(Action.Invalid::new)),
        Tuple.of(2, Combinators.combine(messages, flags).as(Action.Judge::new)),
        Tuple.of(1, Combinators.combine(peers, flags).as(Action.Jam::new)),
        Tuple.of(4, Arbitraries.integers().between(1, 250).map(Action.Tick::new)));
  }
}
