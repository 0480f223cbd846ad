// SPDX-License-Identifier: Apache-2.0
package io.lichen.gateway.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LevelRoutesTest {
  private static final String PATH = "/v1/log/level";

  private final KeptLevels levels = new KeptLevels();
  private final Gateway gateway =
      Gateway.builder().logLevels(levels).token("a token for a test").start();
  private final ApiClient client = new ApiClient(gateway);

  @AfterEach
  void close() {
    client.close();
    gateway.close();
  }

  private HttpResponse<String> put(String body) {
    return client.send(
        "PUT",
        PATH,
        body.getBytes(StandardCharsets.UTF_8),
        "Authorization",
        "Bearer a token for a test");
  }

  @Test
  void shouldChangeALevelForThoseWhoHaveTheToken() {
    assertEquals(401, client.put(PATH, "{\"level\":\"TRACE\"}").statusCode());
    assertEquals("WARN", levels.level(""));
    assertEquals("{\"logger\":\"\",\"level\":\"DEBUG\"}", put("{\"level\":\"debug\"}").body());
    assertEquals("DEBUG", levels.level(""));
    assertEquals(200, put("{\"logger\":\"io.lichen.nat\",\"level\":\"OFF\"}").statusCode());
    assertEquals("OFF", levels.level("io.lichen.nat"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"level\":\"LOUD\"}",
        "{\"level\":7}",
        "{\"level\":\"INFO\",\"logger\":\"com.example\"}",
        "{\"level\":\"INFO\",\"logger\":\"io.lichen\\nforged line\"}",
        "{\"level\":\"INFO\",\"more\":1}"
      })
  void shouldRefuseWhatIsNoLevel(String body) {
    assertEquals(400, put(body).statusCode());
    assertEquals("WARN", levels.level(""));
  }
}
