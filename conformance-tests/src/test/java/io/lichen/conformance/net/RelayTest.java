// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lichen.conformance.child.Driver;
import io.lichen.conformance.child.Waits;
import io.lichen.conformance.matrix.InMatrix;
import io.lichen.conformance.matrix.MatrixExtension;
import io.lichen.conformance.matrix.Scenario;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two nodes that only a third can bring together: A – R – B. A session over R is opened by a Lichen
 * node at one end, and what a Lichen node sends over it arrives, whichever runtime R and the other
 * end are. What a native sends over a relay it does not wrap; that is not asked for here.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
@ExtendWith(MatrixExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayTest implements InMatrix {
  private static final int EVENTS = 200;
  private static final String STREAM = "4741";

  /** Who stands where: at A, at R, at B. */
  enum Places {
    JAVA_ONLY("Java – Java – Java", Driver.JAVA, Driver.JAVA, Driver.JAVA),
    NATIVE_IN_THE_MIDDLE("Java – native – Java", Driver.JAVA, Driver.NATIVE, Driver.JAVA),
    NATIVE_AT_THE_END("Java – Java – native", Driver.JAVA, Driver.JAVA, Driver.NATIVE);

    private final String title;
    private final Driver a;
    private final Driver relay;
    private final Driver b;

    Places(String title, Driver a, Driver relay, Driver b) {
      this.title = title;
      this.a = a;
      this.relay = relay;
      this.b = b;
    }

    private List<Driver> drivers() {
      return List.of(a, relay, b);
    }

    @Override
    public String toString() {
      return title;
    }
  }

  @Parameter
  @SuppressWarnings("NullAway.Init") // JUnit sets it before every invocation of the class.
  Places places;

  private final NetPeers peers = new NetPeers(Path.of("target", "interop", "RelayTest"));

  @Override
  public String wire() {
    return "net-relay";
  }

  @Override
  public Object cell() {
    return places;
  }

  @AfterEach
  void endAll() {
    peers.close();
  }

  @Test
  @Scenario(
      "announcements of both ends found at the other; a session over R; events of Lichen ends")
  void shouldReachANodeThroughARelay() {
    for (Driver driver : places.drivers()) {
      assumeTrue(
          NetPeers.canRun(driver, NativeVersion.V0_34),
          NativePackage.howToGet(NativeVersion.V0_34));
    }
    NetPeer a = start(0);
    NetPeer relay = start(1);
    NetPeer b = start(2);
    meet(a, relay);
    meet(b, relay);
    List.of(a, relay, b).forEach(NetPeer::start);
    announced(a, b, "role:a");
    announced(b, a, "role:b");
    assertEquals(0, a.connectThrough(relay, b), "code of connect");
    sendThrough(a, b);
    if (b.spec().driver() == Driver.JAVA) {
      sendThrough(b, a);
    }
  }

  private NetPeer start(int place) {
    return peers.start(NetSpec.of(places.drivers().get(place), NativeVersion.V0_34, 30 + place));
  }

  private static void meet(NetPeer dialer, NetPeer listener) {
    CompletableFuture<Integer> accepted = listener.accept(dialer);
    assertEquals(0, dialer.connect(listener, listener.address()), "code of connect");
    assertEquals(0, listener.await(accepted, "reply to accept"));
  }

  private static void announced(NetPeer from, NetPeer at, String tag) {
    from.announce("{\"tags\":[\"" + tag + "\"]}");
    String filter = "{\"require_tags\":[\"" + tag + "\"]}";
    Waits.until(
        tag + " found at " + at,
        NetTalk.LIMIT,
        () -> at.find(filter).equals(Set.of(from.nodeId())));
  }

  private static void sendThrough(NetPeer from, NetPeer to) {
    from.openStream(to, STREAM, true);
    NetTalk.send(from, to, STREAM, EVENTS, 5);
    List<NetEvent> events = NetTalk.awaitDistinct(to, EVENTS, NetTalk.LIMIT);
    assertTrue(
        new HashSet<>(NetTalk.texts(events)).containsAll(NetTalk.numbers(EVENTS)),
        () -> "events of " + from);
  }
}
