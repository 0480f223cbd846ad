// SPDX-License-Identifier: Apache-2.0
// What happened, newest first.

import { byId, h } from './dom.js';
import { clock, short, words } from './format.js';
import { glyph } from './rosette.js';

const KEPT = 150;

const SAYINGS = {
  1: (d) => ['joined', d.addr],
  2: (d) => ['left', d.addr],
  3: (d) => ['This node now relays for others', d.nat_type && words(d.nat_type)],
  4: (d) => ['This node no longer relays', d.nat_type && words(d.nat_type)],
  5: (d) => ['Looked for peers', `${d.candidate_peers} found, ${d.connected_peers} connected`],
  6: (d) => ['Looking for peers failed', d.error],
  7: (d) => ['moved to a session without a relay', d.via && `before, by ${short(d.via)}`],
};

const KINDS = { 1: 'good', 2: 'gone', 6: 'bad' };

export class Timeline {
  #list = byId('timeline');
  #empty = h('li', { class: 'empty' }, 'Nothing has happened since this page was opened.');

  constructor() {
    this.#list.append(this.#empty);
  }

  /** An event of the node. */
  event({ type, detail, ts }) {
    const [text, more] = (SAYINGS[type] ?? (() => [`Event ${type}`]))(detail ?? {});
    this.#add(text, more, detail?.peer, KINDS[type] ?? '', ts);
  }

  /** Something that this page noticed itself. */
  say(text, kind = '') {
    this.#add(text, null, null, kind);
  }

  #add(text, more, peer, kind, ts = Date.now()) {
    this.#empty.remove();
    const who = peer ? [glyph(peer, 16), h('code', { title: peer }, short(peer)), ' '] : [];
    const said = h('span', { class: 'said' }, ...who, text, more ? h('span', { class: 'more' }, ` ${more}`) : null);
    this.#list.prepend(h('li', { class: kind }, h('time', {}, clock(ts).slice(0, 8)), said));
    if (this.#list.childElementCount > KEPT) {
      this.#list.lastElementChild.remove();
    }
  }
}
