// SPDX-License-Identifier: Apache-2.0
// The WebSocket of the node: comes back by itself, and says so.

import { get, socketAddress } from './api.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15000;
const ANSWER_LIMIT_MS = 10000;
const PING_MS = 20000;

/** Events: "state" (detail: state, seconds), "message", "event". */
export class Socket extends EventTarget {
  #socket = null;
  #channels = new Set();
  #waiting = new Map();
  #lastId = 0;
  #failures = 0;
  #timer = 0;
  #isPlain = false;

  constructor() {
    super();
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
    setInterval(() => this.#ping(), PING_MS);
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  /** Whether the node answers. Without a Moss node there are no messages, and nothing to open a WebSocket to. */
  get isThere() {
    return this.isOpen || this.#isPlain;
  }

  /** Opens, after a plain request: only that one can tell a missing token from a missing node. */
  async open() {
    this.#say('connecting');
    let info;
    try {
      info = await get('v1/info');
    } catch {
      this.#comeBack();
      return;
    }
    if (!info.moss) {
      this.#watch();
      return;
    }
    const socket = new WebSocket(socketAddress('v1/ws'));
    this.#socket = socket;
    socket.addEventListener('open', () => this.#opened());
    socket.addEventListener('message', (event) => this.#take(JSON.parse(event.data)));
    socket.addEventListener('close', () => this.#comeBack());
  }

  async #watch() {
    this.#isPlain = true;
    this.#opened();
    try {
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, PING_MS / 4));
        await get('v1/info');
      }
    } catch {
      this.#comeBack();
    }
  }

  subscribe(channel) {
    if (!this.#channels.has(channel)) {
      this.#channels.add(channel);
      this.#tell({ op: 'subscribe', channel });
    }
  }

  /** Done when the node has taken note. */
  async unsubscribe(channel) {
    if (this.#channels.delete(channel)) {
      await this.#tell({ op: 'unsubscribe', channel });
    }
  }

  /** Done when the node has acknowledged; fails with what it said. */
  ask(operation) {
    if (!this.isOpen) {
      return Promise.reject(new Error('there is no connection to the node'));
    }
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.#settle(id, new Error('the node did not answer')), ANSWER_LIMIT_MS);
      this.#waiting.set(id, { resolve, reject, late });
      this.#socket.send(JSON.stringify({ ...operation, id }));
    });
  }

  /** A network that is gone without a word is noticed by the missing answer. */
  #ping() {
    const socket = this.#socket;
    if (this.isOpen) {
      this.ask({ op: 'ping' }).catch(() => socket.close());
    }
  }

  async #tell(operation) {
    if (this.isOpen) {
      await this.ask(operation).catch((error) => this.#emit('refused', { operation, error }));
    }
  }

  #opened() {
    this.#failures = 0;
    this.#say('live');
    for (const channel of this.#channels) {
      this.#tell({ op: 'subscribe', channel });
    }
  }

  #take(frame) {
    switch (frame.op) {
      case 'message':
      case 'event':
        this.#emit(frame.op, frame);
        break;
      case 'ack':
        this.#settle(frame.id, null);
        break;
      case 'error':
        this.#settle(frame.id, Object.assign(new Error(frame.message), { code: frame.code }));
        break;
    }
  }

  #settle(id, error) {
    const waiting = this.#waiting.get(id);
    if (waiting) {
      this.#waiting.delete(id);
      clearTimeout(waiting.late);
      error ? waiting.reject(error) : waiting.resolve();
    }
  }

  #comeBack() {
    for (const id of [...this.#waiting.keys()]) {
      this.#settle(id, new Error('the connection was lost'));
    }
    this.#socket = null;
    this.#isPlain = false;
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.#failures++);
    const waitMs = longest * (0.75 + Math.random() / 4);
    this.#say('lost', waitMs);
    this.#timer = setTimeout(() => this.#retry(), waitMs);
  }

  #retry() {
    this.#timer = 0;
    this.open();
  }

  #hurry() {
    if (this.#timer !== 0) {
      clearTimeout(this.#timer);
      this.#retry();
    }
  }

  #say(state, waitMs = 0) {
    this.#emit('state', { state, waitMs });
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
