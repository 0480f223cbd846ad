// SPDX-License-Identifier: Apache-2.0
// The mesh as a picture: this node in the middle, its peers around it. The table of peers says the same in words.

import { s, setText } from './dom.js';
import { millis, short, words } from './format.js';
import { distance, place } from './radial.js';
import { outline, rosette, seeded } from './rosette.js';

const DRAWN = 120;
const LABELLED = 28;
const PULSE_EVERY_MS = 500;
const RINGS = [1, 10, 100, 1000];

const calm = matchMedia('(prefers-reduced-motion: reduce)');

export class Graph {
  #svg;
  #says;
  #rings = s('g', { class: 'rings' });
  #edges = s('g', { class: 'edges' });
  #nodes = s('g', { class: 'nodes' });
  #shown = new Map();
  #ownId = '';
  #moving = 0;
  #pulsed = new Map();

  constructor(svg, says) {
    this.#svg = svg;
    this.#says = says;
    svg.append(this.#rings, this.#edges, this.#nodes);
  }

  /** @param peers see peers.js */
  show(ownId, peers) {
    if (ownId !== this.#ownId) {
      this.#ownId = ownId;
      this.#drawOwn();
    }
    const drawn = peers.slice(0, DRAWN);
    this.#svg.classList.toggle('crowded', drawn.length > LABELLED);
    const places = place(drawn);
    const size = drawn.length <= 12 ? 21 : drawn.length <= 40 ? 15 : 9;
    this.#leave(new Set(drawn.map((peer) => peer.id)));
    for (const peer of drawn) {
      const shown = this.#shown.get(peer.id) ?? this.#enter(peer, size);
      this.#describe(shown, peer);
      shown.to = places.get(peer.id);
    }
    this.#move();
    setText(this.#says, saying(peers));
  }

  /** A peer has sent something. */
  pulse(id) {
    const now = performance.now();
    const shown = this.#shown.get(id);
    if (!shown || calm.matches || document.hidden || now - (this.#pulsed.get(id) ?? 0) < PULSE_EVERY_MS) {
      return;
    }
    this.#pulsed.set(id, now);
    const spark = s('circle', { class: 'spark', r: 3.5 });
    this.#edges.append(spark);
    const run = spark.animate(
      [
        { transform: `translate(${shown.at.x}px, ${shown.at.y}px)`, opacity: 1 },
        { transform: 'translate(0, 0)', opacity: 0.2 },
      ],
      { duration: 700, easing: 'ease-in-out' },
    );
    run.onfinish = () => spark.remove();
  }

  /** Marks a peer in the picture, or none. */
  mark(id) {
    for (const [each, shown] of this.#shown) {
      shown.group.classList.toggle('marked', each === id);
      shown.edge.classList.toggle('marked', each === id);
    }
  }

  #drawOwn() {
    this.#rings.replaceChildren();
    [...RINGS].reverse().forEach((ms) => {
      this.#rings.append(s('path', { class: 'ring', d: outline(distance(ms), seeded(this.#ownId + ms), 0.018) }));
    });
    RINGS.forEach((ms) => {
      this.#rings.append(s('text', { class: 'scale', x: 0, y: distance(ms) + 14 }, ms < 1000 ? `${ms} ms` : '1 s'));
    });
    this.#nodes.querySelector('.self')?.remove();
    const self = s('g', { class: 'self' }, rosette(this.#ownId, 46), s('text', { y: 66, class: 'name' }, 'this node'));
    this.#nodes.append(self);
  }

  #enter(peer, size) {
    const name = s('text', { class: 'name', y: size + 15 });
    const detail = s('text', { class: 'detail', y: size + 28 });
    const score = s('path', { class: 'score' });
    const group = s('g', { class: 'peer', 'data-peer': peer.id }, s('title', {}), score, rosette(peer.id, size), name, detail);
    if (peer.wire === 'net') {
      group.append(s('rect', { class: 'frame', x: -size - 4, y: -size - 4, width: 2 * size + 8, height: 2 * size + 8, rx: 7 }));
    }
    const edge = s('path', { class: 'edge' });
    const shown = { group, edge, name, detail, score, size, at: { x: 0, y: 0 }, to: { x: 0, y: 0 } };
    this.#edges.append(edge);
    this.#nodes.append(group);
    this.#shown.set(peer.id, shown);
    return shown;
  }

  #leave(staying) {
    for (const [id, shown] of this.#shown) {
      if (!staying.has(id)) {
        shown.group.remove();
        shown.edge.remove();
        this.#shown.delete(id);
        this.#pulsed.delete(id);
      }
    }
  }

  #describe(shown, peer) {
    shown.via = peer.via;
    shown.edge.setAttribute('class', `edge ${peer.relayed ? 'relayed' : 'direct'}${shown.edge.classList.contains('marked') ? ' marked' : ''}`);
    setText(shown.name, short(peer.id));
    setText(shown.detail, [peer.rttMs === null ? '' : millis(peer.rttMs), peer.nat ? words(peer.nat) : ''].filter(Boolean).join(' · '));
    setText(shown.group.firstElementChild, `${peer.id}\n${peer.address}`);
    shown.score.setAttribute('d', peer.score ? arc(shown.size + 3, Math.min(1, Math.abs(peer.score) / 100)) : '');
    shown.score.classList.toggle('bad', peer.score < 0);
  }

  #move() {
    if (this.#moving === 0) {
      this.#moving = requestAnimationFrame(() => this.#step());
    }
  }

  /** A fifth of the way each frame, until everybody is there. */
  #step() {
    this.#moving = 0;
    const part = calm.matches ? 1 : 0.2;
    let far = false;
    for (const shown of this.#shown.values()) {
      shown.at.x += (shown.to.x - shown.at.x) * part;
      shown.at.y += (shown.to.y - shown.at.y) * part;
      far ||= Math.hypot(shown.to.x - shown.at.x, shown.to.y - shown.at.y) > 0.3;
    }
    for (const shown of this.#shown.values()) {
      shown.group.setAttribute('transform', `translate(${shown.at.x.toFixed(1)} ${shown.at.y.toFixed(1)})`);
      shown.edge.setAttribute('d', thread(this.#shown.get(shown.via)?.at, shown.at));
    }
    if (far) {
      this.#move();
    }
  }
}

/** A slightly bent line from the middle, or a straight one from the relay if that is a peer as well. */
function thread(via, to) {
  if (via) {
    return `M${via.x.toFixed(1)} ${via.y.toFixed(1)}L${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
  }
  const bend = 0.08;
  return `M0 0Q${(to.x / 2 - to.y * bend).toFixed(1)} ${(to.y / 2 + to.x * bend).toFixed(1)} ${to.x.toFixed(1)} ${to.y.toFixed(1)}`;
}

function arc(r, part) {
  const end = Math.min(0.999, part) * 2 * Math.PI - Math.PI / 2;
  return `M0 ${-r}A${r} ${r} 0 ${part > 0.5 ? 1 : 0} 1 ${(r * Math.cos(end)).toFixed(1)} ${(r * Math.sin(end)).toFixed(1)}`;
}

function saying(peers) {
  if (peers.length === 0) {
    return 'No peer yet: this node is alone.';
  }
  const relayed = peers.filter((peer) => peer.relayed).length;
  const direct = peers.length === 1 ? 'One peer, direct' : `${peers.length} peers, all of them direct`;
  const some = peers.length === 1 ? 'One peer, through a relay' : `${peers.length} peers, ${relayed} through a relay`;
  return `${relayed === 0 ? direct : some}${peers.length > DRAWN ? `; ${DRAWN} are drawn` : ''}.`;
}
