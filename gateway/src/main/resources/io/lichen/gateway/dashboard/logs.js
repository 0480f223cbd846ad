// SPDX-License-Identifier: Apache-2.0
// RedEX logs, and the tail of one of them.

import { get } from './api.js';
import { byId, h, setText } from './dom.js';
import { count } from './format.js';
import { follow } from './sse.js';
import { Payload } from './payload.js';
import { Stream } from './stream.js';

const BEFORE = 50;

export class Logs {
  #section = byId('logs');
  #list = byId('log-list');
  #shown = new Map();
  #open = null;
  #stop = null;
  #stream = new Stream({
    list: byId('log-stream'),
    tools: byId('log-tools'),
    says: byId('log-counts'),
    name: 'records',
    empty: 'No record yet.',
    cells: () => [h('span', { class: 'seq' })],
    fill: ([seq], record) => setText(seq, `#${record.seq}`),
    textOf: (record) => `${record.seq} ${record.payload.text ?? record.payload.line('hex')}`,
  });

  /** @param files {name, len} each; null where the node has no logs */
  show(files) {
    this.#section.hidden = files === null;
    document.querySelector('nav a[href="#logs"]').hidden = files === null;
    if (files === null) {
      return;
    }
    setText(byId('log-count'), String(files.length));
    for (const name of [...this.#shown.keys()].filter((each) => !files.some((file) => file.name === each))) {
      this.#shown.get(name).row.remove();
      this.#shown.delete(name);
    }
    for (const file of files) {
      const shown = this.#shown.get(file.name) ?? this.#enter(file);
      setText(shown.number, sizeOf(file.len));
    }
    if (files.length === 0 && this.#list.childElementCount === 0) {
      this.#list.append(h('li', { class: 'empty' }, 'No log is open.'));
    }
  }

  #enter(file) {
    this.#list.querySelector('.empty')?.remove();
    const number = h('span', { class: 'number' });
    const button = h('button', { type: 'button', class: 'name', 'aria-pressed': 'false', onclick: () => this.#toggle(file.name) }, file.name);
    const shown = { row: h('li', { 'data-log': file.name }, button, number), button, number };
    this.#shown.set(file.name, shown);
    this.#list.append(shown.row);
    return shown;
  }

  #toggle(name) {
    this.#stop?.abort();
    this.#open = this.#open === name ? null : name;
    this.#shown.forEach(({ button }, each) => button.setAttribute('aria-pressed', String(each === this.#open)));
    byId('log-open').hidden = this.#open === null;
    this.#stream.clear();
    setText(byId('log-counts'), '');
    if (this.#open !== null) {
      this.#follow(name);
    }
  }

  async #follow(name) {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const path = `v1/redex/${encodeURIComponent(name)}`;
    try {
      const file = await get(path);
      await follow(`${path}/tail?from=${Math.max(0, file.next_seq - BEFORE)}`, signal, (event) => this.#take(event));
      if (!signal.aborted) {
        this.#stream.note('The log was closed.');
      }
    } catch (error) {
      this.#stream.note(error.message);
    }
  }

  #take(event) {
    if (event.type === 'redex') {
      const record = JSON.parse(event.data);
      this.#stream.add({ seq: record.seq, payload: Payload.ofHex(record.payload_hex) });
    } else if (event.type === 'gap') {
      const { from, to } = JSON.parse(event.data);
      this.#stream.note(`${count(to - from)} records from #${from} on are no longer kept`);
    } else if (event.type === 'lost') {
      this.#stream.note('The tail was lost; it goes on where it was as soon as the node is back.');
    }
  }
}

/** Logs on disk that nobody has opened yet have no length. */
const sizeOf = (len) => (len === null ? 'on disk' : len === 1 ? '1 record' : `${count(len)} records`);
