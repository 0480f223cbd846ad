// SPDX-License-Identifier: Apache-2.0
// The head of the page: whose it is, and the few numbers that say how it is.

import { byId, h, setText } from './dom.js';
import { short, words } from './format.js';
import { glyph } from './rosette.js';

const cells = new Map();
let ownId = '';

/** Name, id and address of the node. */
export function showNode(info) {
  const id = idOf(info);
  const name = info.moss?.mesh_id || (info.net ? 'A Net node' : 'A node');
  setText(byId('mesh-name'), name);
  document.title = `${name} · Lichen`;
  if (id !== ownId) {
    ownId = id;
    const copy = h('button', { type: 'button', class: 'quiet', title: id, onclick: (event) => copied(event.target, id) }, 'Copy its id');
    byId('own').replaceChildren(glyph(id, 26), h('code', {}, short(id)), h('span', { class: 'address' }), copy);
  }
  setText(byId('own').querySelector('.address'), addressOf(info));
}

/** The id that stands for the node: its Moss key, else its Net node id. */
export const idOf = (info) => info.moss?.id ?? info.net?.node_id ?? 'gateway';

export function showFacts({ peers, channels, rate, nat }) {
  fact('Peers', String(peers));
  fact('Channels', String(channels));
  fact('Messages / s', rate);
  fact('NAT', nat ? words(nat) : '–');
}

function fact(name, value) {
  let cell = cells.get(name);
  if (!cell) {
    cell = h('dd', {});
    cells.set(name, cell);
    byId('facts').append(h('div', {}, h('dt', {}, name), cell));
  }
  setText(cell, value);
  cell.classList.toggle('wordy', value.length > 7);
}

const addressOf = (info) => info.moss?.advertised_addr || info.net?.address || (info.moss?.listen_port ? `port ${info.moss.listen_port}` : '');

async function copied(button, text) {
  try {
    await navigator.clipboard.writeText(text);
    setText(button, 'Copied');
  } catch {
    setText(button, text);
  }
  setTimeout(() => setText(button, 'Copy its id'), 2000);
}
