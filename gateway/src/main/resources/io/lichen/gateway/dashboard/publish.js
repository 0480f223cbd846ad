// SPDX-License-Identifier: Apache-2.0
// The box that publishes.

import { byId, choice, setText } from './dom.js';
import { clock } from './format.js';
import { base64, bytesOfHex } from './payload.js';

const KINDS = [['text', 'Text'], ['json', 'JSON'], ['hex', 'Hex']];

export class PublishBox {
  #socket;
  #kind = 'text';
  #data = byId('publish-data');
  #channel = byId('publish-channel');

  constructor(socket) {
    this.#socket = socket;
    choice(byId('publish-kind'), 'publish-kind', KINDS, 'text', (kind) => (this.#kind = kind));
    byId('publish').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#publish();
    });
    this.#data.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        byId('publish').requestSubmit();
      }
    });
  }

  /** Names a channel while nobody has. */
  suggest(channel) {
    if (this.#channel.value === '' && document.activeElement !== this.#channel) {
      this.#channel.value = channel ?? '';
    }
  }

  async #publish() {
    const channel = this.#channel.value;
    try {
      await this.#socket.ask({ op: 'publish', channel, ...this.#payload() });
      this.#say(`published at ${clock(Date.now())}`, false);
      this.#data.value = '';
      this.#data.focus();
    } catch (error) {
      this.#say(error.code === undefined ? error.message : `${error.message} (${error.code})`, true);
    }
  }

  #payload() {
    const text = this.#data.value;
    if (this.#kind === 'hex') {
      const bytes = bytesOfHex(text);
      if (bytes === null) {
        throw new Error('these are no hex bytes: two digits each, with or without spaces');
      }
      return { data: base64(bytes) };
    }
    return { text: this.#kind === 'json' ? JSON.stringify(JSON.parse(text)) : text };
  }

  #say(text, isBad) {
    const says = byId('publish-says');
    setText(says, text);
    says.classList.toggle('bad', isBad);
  }
}
