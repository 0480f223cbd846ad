// SPDX-License-Identifier: Apache-2.0
// Puts the page together: what comes over the socket goes to its views at once, what has to be asked for is asked for
// from time to time, and at once when an event says that it has changed.

import { forgetToken, get, hasToken, request } from './api.js';
import { Channels } from './channels.js';
import { byId, h, setText } from './dom.js';
import { idOf, showFacts, showNode } from './facts.js';
import { clock, rate, short } from './format.js';
import { Graph } from './graph.js';
import { showHealth } from './health.js';
import { Logs } from './logs.js';
import { showNat } from './nat.js';
import { Payload } from './payload.js';
import { PeerTable, peersOf } from './peers.js';
import { PublishBox } from './publish.js';
import { glyph } from './rosette.js';
import { Socket } from './socket.js';
import { Stream } from './stream.js';
import { themeSwitch } from './theme-switch.js';
import { Timeline } from './timeline.js';

const EVENTS = '$events';
const SOON_MS = 150;

const socket = new Socket();
const timeline = new Timeline();
const graph = new Graph(byId('graph'), byId('graph-says'));
const table = new PeerTable((id) => graph.mark(id));
const logs = new Logs();
const publishBox = new PublishBox(socket);
const messages = new Stream({
  list: byId('message-stream'),
  tools: byId('message-tools'),
  says: byId('message-counts'),
  name: 'messages',
  empty: 'Nothing was said yet.',
  cells: () => [h('time', {}), h('span', { class: 'channel' }), h('span', { class: 'sender' })],
  fill: ([time, channel, sender], message) => {
    setText(time, clock(message.ts));
    setText(channel, message.channel);
    if (sender.title !== message.sender) {
      sender.title = message.sender;
      sender.replaceChildren(glyph(message.sender, 16), h('code', {}, short(message.sender)));
    }
  },
  textOf: (message) => `${message.channel} ${message.sender} ${message.payload.text ?? message.payload.line('hex')}`,
});
const channels = new Channels(socket, {
  onOnly: (name) => messages.accept((message) => name === null || message.channel === name),
  onChange: () => refresh(),
});
const state = { info: null, peers: [], net: null, nat: null };

socket.addEventListener('message', ({ detail }) => {
  channels.count(detail.channel);
  graph.pulse(detail.sender);
  messages.add(new Message(detail));
});
socket.addEventListener('event', ({ detail }) => {
  timeline.event(detail);
  refreshSoon();
});
socket.addEventListener('state', ({ detail }) => showLink(detail));
socket.addEventListener('refused', ({ detail }) => timeline.say(`The node refused to ${detail.operation.op} ${detail.operation.channel}: ${detail.error.message}`, 'bad'));

/** A message; its bytes are decoded when somebody looks at them. */
class Message {
  #data;
  #payload;

  constructor({ channel, sender, ts, data }) {
    this.channel = channel;
    this.sender = sender;
    this.ts = typeof ts === 'number' ? ts : Date.now();
    this.#data = data;
  }

  get payload() {
    this.#payload ??= Payload.ofBase64(this.#data);
    return this.#payload;
  }
}

let wasLost = false;

function showLink({ state: link, waitMs }) {
  const says = byId('link-state');
  says.dataset.state = link;
  if (link === 'live') {
    setText(says, 'Live');
    if (wasLost) {
      timeline.say('The connection to the node is back', 'good');
      messages.note('The connection is back. What was said meanwhile is not here.');
    }
    wasLost = false;
    refresh();
  } else if (link === 'connecting') {
    setText(says, wasLost ? 'Trying again' : 'Connecting');
  } else {
    setText(says, `Connection lost; trying again in ${Math.max(1, Math.round(waitMs / 1000))} s`);
    if (!wasLost) {
      timeline.say('The connection to the node was lost', 'bad');
    }
    wasLost = true;
  }
}

/** Asks for one part of the page, again and again; a failure leaves what was there. */
function every(seconds, part) {
  const ask = async () => {
    if (!document.hidden && socket.isThere && state.info !== null) {
      try {
        await part(state.info);
      } catch (error) {
        console.debug('not refreshed:', error.message);
      }
    }
  };
  setInterval(ask, seconds * 1000);
  return ask;
}

const parts = [
  every(5, async () => {
    state.info = await get('v1/info');
    showNode(state.info);
    const [alive, ready] = await Promise.all([request('healthz'), request('readyz')]);
    showHealth({ isAlive: alive.ok, isReady: ready.ok, info: state.info, net: state.net });
  }),
  every(2, async (info) => {
    if (!info.moss && !info.net) {
      return;
    }
    const [peers, net] = await Promise.all([get('v1/peers'), info.net && get('v1/net')]);
    state.net = net;
    state.peers = peersOf(peers, net);
    table.show(state.peers);
    graph.show(idOf(info), state.peers);
  }),
  every(3, async (info) => {
    if (info.moss) {
      channels.show((await get('v1/channels')).channels);
      publishBox.suggest(channels.names[0]);
    }
  }),
  every(10, async (info) => {
    if (info.moss || info.net) {
      state.nat = await get('v1/nat');
      showNat(state.nat, info.moss?.listen_port);
    }
  }),
  every(4, async (info) => logs.show(info.redex ? (await get('v1/redex')).files : null)),
];

const refresh = async () => {
  state.info ??= await get('v1/info');
  await Promise.all(parts.map((ask) => ask()));
};

let soon = 0;
function refreshSoon() {
  clearTimeout(soon);
  soon = setTimeout(refresh, SOON_MS);
}

setInterval(() => {
  showFacts({ peers: state.peers.length, channels: channels.names.length, rate: rate(channels.rate), nat: state.nat?.nat_type });
  byId('forget').hidden = !hasToken();
}, 1000);

byId('forget').addEventListener('click', forgetToken);
themeSwitch(byId('theme'));
socket.subscribe(EVENTS);
socket.open();
