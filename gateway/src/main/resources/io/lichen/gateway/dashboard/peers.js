// SPDX-License-Identifier: Apache-2.0
// The peers of both wires in one form, and their table.

import { byId, h, setText } from './dom.js';
import { millis, short, words } from './format.js';
import { glyph } from './rosette.js';

const LISTED = 200;

/** What `/v1/peers` says, direct peers first; round trips of a Net node come from `/v1/net`. */
export function peersOf(answer, net) {
  const roundTrips = new Map((net?.peers ?? []).map((peer) => [peer.node_id, peer.rtt_ms]));
  const peers = answer.peers.map((peer) => ({
    id: peer.id,
    wire: peer.wire,
    address: peer.address,
    relayed: peer.relayed,
    via: peer.via ?? null,
    rttMs: peer.rtt_ms ?? roundTrips.get(peer.id) ?? null,
    score: peer.score ?? null,
    nat: known(peer.nat_type),
    state: peer.state === 'alive' ? null : peer.state,
  }));
  return peers.sort((a, b) => a.relayed - b.relayed || (a.id < b.id ? -1 : 1));
}

const known = (nat) => (nat && nat !== 'unknown' ? nat : null);

/** Shows peers; `onLook` is told which one the pointer is at, or null. */
export class PeerTable {
  #rows = new Map();
  #body = h('tbody', {});
  #wrap = byId('peer-table');
  #empty = h('p', { class: 'empty' }, 'Nobody is connected.');
  #more = h('p', { class: 'hint' });
  #table;
  #onLook;

  constructor(onLook) {
    this.#onLook = onLook;
    const heads = ['Peer', 'Way', 'Round trip', 'Score', 'NAT'].map((name) => h('th', { scope: 'col' }, name));
    this.#table = h('table', { class: 'peers' }, h('thead', {}, h('tr', {}, ...heads)), this.#body);
    this.#wrap.append(this.#empty);
  }

  show(peers) {
    setText(byId('peer-count'), String(peers.length));
    const listed = peers.slice(0, LISTED);
    this.#drop(new Set(listed.map((peer) => peer.id)));
    for (const peer of listed) {
      this.#fill(this.#rows.get(peer.id) ?? this.#enter(peer), peer);
    }
    setText(this.#more, peers.length > LISTED ? `and ${peers.length - LISTED} more` : '');
    const wanted = peers.length === 0 ? this.#empty : this.#table;
    if (!wanted.isConnected) {
      this.#wrap.replaceChildren(wanted, this.#more);
    }
  }

  #enter(peer) {
    const id = h('code', { title: peer.id }, short(peer.id));
    const address = h('span', { class: 'address' });
    const cells = ['Way', 'Round trip', 'Score', 'NAT'].map((name) => h('td', { 'data-name': name }));
    const head = h('th', { scope: 'row' }, h('span', { class: 'who' }, glyph(peer.id, 22), h('span', {}, id, address)));
    const row = h('tr', { 'data-peer': peer.id }, head, ...cells);
    row.addEventListener('pointerenter', () => this.#onLook(peer.id));
    row.addEventListener('pointerleave', () => this.#onLook(null));
    this.#body.append(row);
    this.#rows.set(peer.id, { row, address, cells });
    return this.#rows.get(peer.id);
  }

  #fill({ address, cells }, peer) {
    const way = peer.relayed ? `relayed${peer.via ? ` by ${short(peer.via)}` : ''}` : 'direct';
    const wire = peer.wire === 'net' ? ', Net' : '';
    const state = peer.state ? `, ${words(peer.state)}` : '';
    setText(address, peer.via ? '' : peer.address);
    setText(cells[0], way + wire + state);
    setText(cells[1], millis(peer.rttMs));
    setText(cells[2], peer.score === null ? '–' : String(Math.round(peer.score * 10) / 10));
    cells[2].classList.toggle('bad', (peer.score ?? 0) < 0);
    setText(cells[3], peer.nat ? words(peer.nat) : '–');
  }

  #drop(staying) {
    for (const [id, { row }] of this.#rows) {
      if (!staying.has(id)) {
        row.remove();
        this.#rows.delete(id);
      }
    }
  }
}
