// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One call of a service; its octets are those that libmoss sends (docs/wire/port-mapping.md). */
final class SoapCall {
  private static final int OK = 200;
  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" \
      s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>""";
  private static final String TAIL = "</s:Body></s:Envelope>";

  private final String action;
  private final Map<String, String> arguments = new LinkedHashMap<>();

  private SoapCall(String action) {
    this.action = action;
  }

  static SoapCall of(String action) {
    return new SoapCall(action);
  }

  /** Adds an argument without signs that XML has a use for. */
  SoapCall with(String name, Object value) {
    arguments.put(name, value.toString());
    return this;
  }

  /**
   * Makes the call.
   *
   * @return what the answer says, by name
   * @throws UpnpException if the gateway refuses, with its code, or what it says is no answer
   */
  Map<String, String> to(WanService service, GatewayHttp http)
      throws IOException, InterruptedException {
    GatewayHttp.Answer answer =
        http.post(
            service.control(),
            Map.of(
                "SOAPACTION",
                "\"" + service.type() + "#" + action + "\"",
                "CONTENT-TYPE",
                "text/xml; charset=\"utf-8\""),
            body(service).getBytes(StandardCharsets.UTF_8));
    Map<String, String> values = new HashMap<>();
    if (answer.status() == OK || answer.body().length > 0) {
      Xml.read(answer.body(), values::putIfAbsent);
    }
    if (answer.status() != OK) {
      String code = values.getOrDefault("errorCode", "HTTP " + answer.status());
      throw new UpnpException("the gateway refuses " + action, code);
    }
    return values;
  }

  private String body(WanService service) {
    StringBuilder body = new StringBuilder(HEAD);
    body.append("<u:").append(action).append(" xmlns:u=\"").append(service.type()).append("\">");
    arguments.forEach(
        (name, value) ->
            body.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append('>'));
    return body.append("</u:").append(action).append('>').append(TAIL).toString();
  }
}
