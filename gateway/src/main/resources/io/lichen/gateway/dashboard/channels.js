// SPDX-License-Identifier: Apache-2.0
// The channels that the node takes part in, and how much moves on each.

import { send } from './api.js';
import { byId, h, s, setText } from './dom.js';
import { rate } from './format.js';

const WATCHED = 64;
const SECONDS = 60;
const SPARK_HEIGHT = 18;

/** Watches every channel over the socket, up to a bound; `onOnly` is told the one to show alone, or null. */
export class Channels {
  #socket;
  #onOnly;
  #onChange;
  #shown = new Map();
  #only = null;
  #list = byId('channel-list');
  #empty = h('li', { class: 'empty' }, 'This node takes part in no channel yet.');

  constructor(socket, { onOnly, onChange }) {
    this.#socket = socket;
    this.#onOnly = onOnly;
    this.#onChange = onChange;
    this.#list.append(this.#empty);
    setInterval(() => this.#tick(), 1000);
    byId('join').addEventListener('submit', (event) => this.#join(event));
  }

  get names() {
    return [...this.#shown.keys()];
  }

  /** Messages of all channels in the last whole second. */
  get rate() {
    let sum = 0;
    this.#shown.forEach((channel) => (sum += channel.buckets[SECONDS - 2]));
    return sum;
  }

  show(names) {
    setText(byId('channel-count'), names.length > WATCHED ? `${WATCHED} of ${names.length}` : String(names.length));
    const watched = names.slice(0, WATCHED);
    for (const name of [...this.#shown.keys()].filter((each) => !watched.includes(each))) {
      this.#leave(name);
    }
    watched.filter((name) => !this.#shown.has(name)).forEach((name) => this.#enter(name));
    this.#shown.size === 0 ? this.#list.append(this.#empty) : this.#empty.remove();
    byId('channel-names').replaceChildren(...watched.map((value) => h('option', { value })));
  }

  count(name) {
    const channel = this.#shown.get(name);
    if (channel) {
      channel.buckets[SECONDS - 1]++;
    }
  }

  #enter(name) {
    const line = s('path', {});
    const number = h('span', { class: 'number' }, '0');
    const only = h('button', { type: 'button', class: 'name', 'aria-pressed': 'false', title: 'Show this channel alone', onclick: () => this.#choose(name) }, name);
    const spark = s('svg', { class: 'spark-line', viewBox: `0 0 ${SECONDS - 2} ${SPARK_HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, line);
    const leave = h('button', { type: 'button', class: 'leave', 'aria-label': `Leave ${name}`, title: 'Leave', onclick: () => this.#sendLeave(name) }, '×');
    const row = h('li', { 'data-channel': name }, only, spark, h('span', { class: 'rate' }, number, ' /s'), leave);
    this.#shown.set(name, { row, only, line, number, buckets: new Array(SECONDS).fill(0) });
    const after = [...this.#shown.keys()].sort().indexOf(name);
    this.#list.insertBefore(row, this.#list.children[after] ?? null);
    this.#socket.subscribe(name);
  }

  #leave(name) {
    this.#socket.unsubscribe(name);
    this.#shown.get(name).row.remove();
    this.#shown.delete(name);
    if (this.#only === name) {
      this.#choose(name);
    }
  }

  #choose(name) {
    this.#only = this.#only === name ? null : name;
    this.#shown.forEach((channel, each) => channel.only.setAttribute('aria-pressed', String(each === this.#only)));
    this.#onOnly(this.#only);
  }

  #tick() {
    for (const { buckets, line, number } of this.#shown.values()) {
      setText(number, rate(buckets.slice(-5).reduce((a, b) => a + b, 0) / 5));
      line.setAttribute('d', spark(buckets));
      buckets.shift();
      buckets.push(0);
    }
  }

  async #join(event) {
    event.preventDefault();
    const field = byId('join-name');
    if (await this.#change('PUT', field.value, `joined ${field.value}`)) {
      field.value = '';
    }
  }

  /** The node stays if others here want it to: its own program, another page. */
  async #sendLeave(name) {
    await this.#socket.unsubscribe(name);
    if (await this.#change('DELETE', name, `left ${name}`)) {
      byId('join-name').focus();
      if (this.#shown.has(name)) {
        setText(byId('join-says'), `the node stays in ${name} for others`);
      }
    }
    if (this.#shown.has(name)) {
      this.#socket.subscribe(name);
    }
  }

  async #change(method, name, done) {
    try {
      await send(method, `v1/channels/${encodeURIComponent(name)}`);
      setText(byId('join-says'), done);
      await this.#onChange();
      return true;
    } catch (error) {
      setText(byId('join-says'), error.message);
      return false;
    }
  }
}

/** A line over the last minute; its height is the busiest second. */
function spark(buckets) {
  const whole = buckets.slice(0, SECONDS - 1);
  const top = Math.max(4, ...whole);
  const points = whole.map((n, i) => `${i} ${(SPARK_HEIGHT - 1.5 - (n / top) * (SPARK_HEIGHT - 3)).toFixed(1)}`);
  return `M${points.join('L')}`;
}
