// SPDX-License-Identifier: Apache-2.0
package io.lichen.testkit;

/**
 * A link: its profile and a lane in each direction. A link that went down never comes up again; a
 * new one takes its place.
 */
final class SimLink<P> {
  final int dialler;
  final int listener;
  final SimLane<P> fromDialler;
  final SimLane<P> fromListener;
  LinkProfile profile;
  boolean up = true;

  SimLink(SimNetwork<P> network, int dialler, int listener, LinkProfile profile) {
    this.dialler = dialler;
    this.listener = listener;
    this.profile = profile;
    this.fromDialler = new SimLane<>(network, this, dialler, listener);
    this.fromListener = new SimLane<>(network, this, listener, dialler);
  }

  SimLane<P> laneFrom(int node) {
    return node == dialler ? fromDialler : fromListener;
  }

  int otherThan(int node) {
    return node == dialler ? listener : dialler;
  }
}
