// SPDX-License-Identifier: Apache-2.0
package io.lichen.conformance.vectors.moss;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lichen.conformance.vectors.Trees;
import io.lichen.nat.upnp.GatewayHttp;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The UPnP gateway before which libmoss was recorded. */
final class RecordedIgd implements GatewayHttp {
  private static final int OK = 200;
  private static final Map<String, String> ANSWERS =
      Map.of(
          "GetNATRSIPStatus", "<NewNATEnabled>1</NewNATEnabled>",
          "AddAnyPortMapping", "<NewReservedPort>50001</NewReservedPort>",
          "GetExternalIPAddress", "<NewExternalIPAddress>203.0.113.9</NewExternalIPAddress>");

  private final ArrayNode calls;

  /** Notes calls there. */
  RecordedIgd(ArrayNode calls) {
    this.calls = calls;
  }

  @Override
  public Answer get(URI uri) {
    throw new UnsupportedOperationException("the description is known");
  }

  @Override
  public Answer post(URI uri, Map<String, String> headers, byte[] body) {
    String soapAction = headers.getOrDefault("SOAPACTION", "");
    ObjectNode call = Trees.object();
    call.put("body", Trees.utf8(body));
    call.put("content_type", headers.getOrDefault("CONTENT-TYPE", ""));
    calls.add(call.put("soapaction", soapAction));
    String action = soapAction.substring(soapAction.indexOf('#') + 1, soapAction.length() - 1);
    String answer = "<answer>" + ANSWERS.getOrDefault(action, "") + "</answer>";
    return new Answer(OK, answer.getBytes(StandardCharsets.UTF_8));
  }
}
