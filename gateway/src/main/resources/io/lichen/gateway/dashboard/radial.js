// SPDX-License-Identifier: Apache-2.0
// Where peers stand around the own node: the angle follows from the id, so that nobody jumps about, and gives way to
// neighbours and to the scale at the bottom; the distance is the round-trip time, on a logarithmic scale.

import { seeded } from './rosette.js';

const NEAREST = 118;
const FARTHEST = 272;
const ROUNDS = 60;

/** Distance from the middle for a round-trip time in ms; 0.1 ms and less is nearest, a second and more farthest. */
export function distance(rttMs) {
  const decades = Math.log10(Math.min(1000, Math.max(0.1, rttMs))) + 1;
  return NEAREST + (decades / 4) * (FARTHEST - NEAREST);
}

/** Angle and distance for each peer, by id. */
export function place(peers) {
  const places = peers
    .map((peer) => ({ id: peer.id, angle: seeded(`angle of ${peer.id}`)() * 2 * Math.PI, r: distanceOf(peer) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const scale = { id: '', angle: Math.PI / 2, isFixed: true };
  spread([...places, scale].sort((a, b) => a.angle - b.angle));
  return new Map(places.map((p) => [p.id, { x: p.r * Math.cos(p.angle), y: p.r * Math.sin(p.angle) }]));
}

/** Who was not measured stands in the middle of its kind. */
function distanceOf(peer) {
  return peer.rttMs === null ? distance(peer.relayed ? 100 : 3) : distance(peer.rttMs);
}

/** Neighbours push each other apart until each has its share of the circle, or nearly. */
function spread(places) {
  const wanted = Math.min(0.8, (2 * Math.PI * 0.92) / places.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < places.length; i++) {
      const a = places[i];
      const b = places[(i + 1) % places.length];
      const gap = b.angle - a.angle + (i === places.length - 1 ? 2 * Math.PI : 0);
      if (gap < wanted) {
        a.angle -= a.isFixed ? 0 : (wanted - gap) / 4;
        b.angle += b.isFixed ? 0 : (wanted - gap) / 4;
      }
    }
  }
}
