// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.bus.consume;

import io.lichen.core.bus.EventBusException;
import io.lichen.core.json.Fuzz;
import org.junit.jupiter.api.Test;

/** What requests mean is shown by the recorded calls of the native. */
class PollJsonTest {
  @Test
  void shouldRefuseWhateverIsNoRequestInOneWay() {
    Fuzz.runText(
        EventBusException.class,
        PollJson::request,
        "{\"limit\":100,\"cursor\":\"eyIwIjoiMTcwMjEyMzQ1Njc4OS0wIn0=\"}",
        "{\"limit\":18446744073709551615,\"cursor\":null,\"more\":[{}]}");
  }
}
