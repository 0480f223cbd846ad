// SPDX-License-Identifier: Apache-2.0
package io.lichen.core.net.route;

/** What a route rests on. */
public enum RouteKind {
  /** A pingwave: anybody's word. */
  ORDINARY,
  /** A signed announcement that a peer passed on. */
  PROTECTED
}
