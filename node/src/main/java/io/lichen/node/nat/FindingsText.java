// SPDX-License-Identifier: Apache-2.0
package io.lichen.node.nat;

import io.lichen.core.nat.check.NatFindings;
import io.lichen.core.nat.check.Tried;
import io.lichen.nat.behaviour.Filtering;
import io.lichen.nat.behaviour.Mapping;
import java.io.PrintWriter;
import java.util.List;

/** Prints findings for a person. Stateless. */
final class FindingsText {
  private FindingsText() {}

  static void print(PrintWriter out, NatFindings found) {
    out.println("Behind       " + what(found));
    out.println("Seen at      " + orNothing(found.external()));
    out.println("This machine " + joined(found.local()));
    out.println("Routers      " + joined(found.routers()));
    out.println("Mapping      " + mapping(found.mapping()));
    out.println("Filtering    " + filtering(found.filtering()));
    out.println("Opened port  " + orNothing(found.mapped()));
    out.println();
    out.println("Tried");
    for (Tried each : found.tried()) {
      String mark = each.worked() ? "yes" : "no";
      out.printf(
          "  %-3s  %-8s %s: %s%n", mark, each.method(), plain(each.target()), plain(each.detail()));
    }
    out.println();
    out.println("What to do");
    found.advice().forEach(each -> out.println("  - " + each));
  }

  private static String what(NatFindings found) {
    String name =
        switch (found.type()) {
          case UNKNOWN -> "not found out";
          case PUBLIC -> "nothing: this machine has a public address";
          case FULL_CONE -> "a full cone NAT";
          case RESTRICTED_CONE -> "a restricted cone NAT";
          case PORT_RESTRICTED_CONE -> "a port-restricted cone NAT";
          case SYMMETRIC_NAT -> "a symmetric NAT";
          case CGNAT -> "a carrier's NAT, or a second one of another kind";
        };
    return name + " (" + found.type().wireName() + ")";
  }

  private static String mapping(Mapping mapping) {
    return switch (mapping) {
      case UNKNOWN -> "not found out";
      case NONE -> "none: nothing is translated";
      case ENDPOINT_INDEPENDENT -> "one external address for all destinations";
      case ADDRESS_DEPENDENT -> "one for each destination host";
      case ADDRESS_AND_PORT_DEPENDENT -> "one for each destination host and port";
    };
  }

  private static String filtering(Filtering filtering) {
    return switch (filtering) {
      case UNKNOWN -> "not found out";
      case ENDPOINT_INDEPENDENT -> "lets everybody in";
      case ADDRESS_DEPENDENT -> "lets hosts in to which something was sent";
      case ADDRESS_AND_PORT_DEPENDENT -> "lets hosts and ports in to which something was sent";
    };
  }

  private static String joined(List<String> texts) {
    return texts.isEmpty() ? "-" : String.join(", ", texts);
  }

  private static String orNothing(String text) {
    return text.isEmpty() ? "-" : text;
  }

  /** What comes from the network must not steer the terminal. */
  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
