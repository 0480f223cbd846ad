// SPDX-License-Identifier: Apache-2.0
// Is the node well: what it says of itself in a few lines.

import { byId, h, setText } from './dom.js';
import { count, span } from './format.js';

const rows = new Map();

export function showHealth({ isAlive, isReady, info, net }) {
  row('Answers', isAlive ? 'yes' : 'no', isAlive ? 'good' : 'bad');
  row('Ready', isReady ? 'yes' : 'not yet', isReady ? 'good' : 'bad');
  row('Version', info.version);
  row('Up for', span(info.uptime_ms));
  row('Runs', [info.moss && 'Moss', info.net && 'Net', info.redex && 'RedEX'].filter(Boolean).join(', '));
  if (net) {
    row('Net events received', count(net.stats.events_received));
    row('Net events dropped', count(net.stats.events_dropped), net.stats.events_dropped > 0 ? 'bad' : '');
  }
}

function row(name, value, kind = '') {
  let cell = rows.get(name);
  if (!cell) {
    cell = h('dd', {});
    rows.set(name, cell);
    byId('health-sheet').append(h('dt', {}, name), cell);
  }
  setText(cell, value ?? '–');
  cell.className = kind;
}
