// SPDX-License-Identifier: Apache-2.0
// What this node is behind: one sentence, a drawing, the facts.

import { byId, h } from './dom.js';
import { words } from './format.js';

const SAYINGS = {
  public: 'Nothing stands between this node and the network: others can dial it.',
  full_cone: 'A NAT with one door for all: whoever knows the address can dial it.',
  restricted_cone: 'A NAT that lets in hosts this node has spoken to. Others reach it with a little help.',
  port_restricted_cone: 'A NAT that lets in only whom this node has spoken to. Others reach it by hole punching.',
  symmetric_nat: 'A NAT with another address for each peer. Where hole punching fails, relays carry what it says.',
  cgnat: "A provider's NAT stands before it. Where hole punching fails, relays carry what it says.",
  open: 'Others can dial it.',
  cone: 'A NAT with one address for the node. Others reach it by hole punching.',
  symmetric: 'A NAT with another address for each peer. Relays carry what hole punching cannot.',
};

let before = '';

export function showNat(report, port) {
  const seen = JSON.stringify([report, port]);
  if (seen === before) {
    return;
  }
  before = seen;
  const type = report.nat_type ?? 'unknown';
  const facts = Object.entries(factsOf(report)).filter(([, value]) => value !== null && value !== undefined && value !== '');
  byId('nat-report').replaceChildren(
    h('p', { class: 'verdict' }, h('strong', {}, type === 'unknown' ? 'Not known yet' : words(type)), ' ', SAYINGS[type] ?? 'Peers and STUN servers have not said enough.'),
    drawing(report, type, port),
    h('dl', { class: 'sheet' }, ...facts.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, value)])),
  );
}

function drawing(report, type, port) {
  const behind = type !== 'public' && type !== 'open';
  const place = (name, value, kind) => h('li', { class: kind }, h('span', {}, name), h('code', {}, value));
  return h(
    'ol',
    { class: 'way', 'aria-label': 'From this node to the network' },
    place('this node', port ? `port ${port}` : 'here', 'end'),
    behind ? place('NAT', type === 'unknown' ? '?' : words(type), 'wall') : null,
    place('seen from outside', report.external ?? 'not known', 'end'),
  );
}

function factsOf(report) {
  return {
    Mapping: report.mapping && words(report.mapping),
    Filtering: report.filtering && words(report.filtering),
    "Provider's NAT": yes(report.carrier),
    'Reached from outside': yes(report.reachable),
    'Relays for others': yes(report.supernode),
    'Port step': report.port_step ? String(report.port_step) : null,
    ...Object.fromEntries(Object.entries(report.seen ?? {}).map(([source, address]) => [`Seen by ${words(source)}`, address])),
  };
}

const yes = (value) => (value === undefined || value === null ? null : value ? 'yes' : 'no');
