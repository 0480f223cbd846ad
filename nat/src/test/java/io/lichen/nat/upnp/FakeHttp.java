// SPDX-License-Identifier: Apache-2.0
package io.lichen.nat.upnp;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gateway that answers calls as it was told. */
final class FakeHttp implements GatewayHttp {
  private static final int OK = 200;
  private static final int FAILED = 500;

  /** Action and arguments of each call. */
  final List<String> calls = new ArrayList<>();

  /** Whether no call comes back. */
  boolean failing;

  private final Map<String, List<String>> answers = new HashMap<>();

  FakeHttp() {
    answer("GetNATRSIPStatus", "<NewNATEnabled>1</NewNATEnabled>");
    answer("AddPortMapping", "");
    answer("AddAnyPortMapping", "<NewReservedPort>50001</NewReservedPort>");
    answer("GetExternalIPAddress", "<NewExternalIPAddress>203.0.113.9</NewExternalIPAddress>");
    answer("DeletePortMapping", "");
  }

  /** Answers an action so, one call after the other; a number is a refusal, the last one stays. */
  FakeHttp answer(String action, String... values) {
    answers.put(action, new ArrayList<>(List.of(values)));
    return this;
  }

  @Override
  public Answer get(URI uri) {
    throw new AssertionError(uri);
  }

  @Override
  public Answer post(URI uri, Map<String, String> headers, byte[] body) throws IOException {
    if (failing) {
      throw new IOException("on purpose");
    }
    String soapAction = headers.getOrDefault("SOAPACTION", "");
    String action = soapAction.substring(soapAction.indexOf('#') + 1, soapAction.length() - 1);
    calls.add(action + arguments(new String(body, StandardCharsets.UTF_8)));
    List<String> values = answers.getOrDefault(action, new ArrayList<>(List.of("401")));
    String value = values.size() > 1 ? values.removeFirst() : values.getFirst();
    if (value.matches("\\d+")) {
      return new Answer(FAILED, xml("<errorCode>" + value + "</errorCode>"));
    }
    return new Answer(OK, xml(value));
  }

  private static String arguments(String body) {
    StringBuilder text = new StringBuilder();
    for (String name : List.of("NewExternalPort", "NewProtocol", "NewLeaseDuration")) {
      int at = body.indexOf("<" + name + ">");
      if (at >= 0) {
        text.append(' ').append(body, at + name.length() + 2, body.indexOf('<', at + 1));
      }
    }
    return text.toString();
  }

  static byte[] xml(String inside) {
    return ("<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"x\"><s:Body>"
            + inside
            + "</s:Body></s:Envelope>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
