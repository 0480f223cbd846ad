// SPDX-License-Identifier: Apache-2.0
package io.lichen.gossipsub;

/** How many connected peers are in one address group. */
final class Place {
  final String group;
  int peers;

  Place(String group) {
    this.group = group;
  }
}
