// SPDX-License-Identifier: Apache-2.0
// What stands in the bytes of a message or a record, and how to show it.

const UTF8 = new TextDecoder('utf-8', { fatal: true });
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const SHOWN_BYTES = 65536;
const TOKENS = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Bytes that are looked at only when somebody wants to see them. */
export class Payload {
  #bytes;
  #text;
  #json;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  static ofBase64(data) {
    const raw = atob(data);
    const bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) {
      bytes[i] = raw.charCodeAt(i);
    }
    return new Payload(bytes);
  }

  static ofHex(data) {
    const bytes = new Uint8Array(data.length >> 1);
    for (let i = 0; i < bytes.length; i++) {
      bytes[i] = parseInt(data.substr(2 * i, 2), 16);
    }
    return new Payload(bytes);
  }

  get size() {
    return this.#bytes.length;
  }

  /** The text, or null of bytes that are none. */
  get text() {
    if (this.#text === undefined) {
      try {
        const text = UTF8.decode(this.#bytes);
        this.#text = CONTROL.test(text) ? null : text;
      } catch {
        this.#text = null;
      }
    }
    return this.#text;
  }

  /** The value of an object or an array in JSON, or undefined. */
  get json() {
    if (this.#json === undefined) {
      this.#json = { value: parse(this.text) };
    }
    return this.#json.value;
  }

  kind(wanted) {
    if (wanted !== 'auto') {
      return wanted;
    }
    return this.text === null ? 'hex' : this.json === undefined ? 'text' : 'json';
  }

  /** One line of it. */
  line(wanted) {
    const kind = this.kind(wanted);
    if (kind === 'hex') {
      return hexOf(this.#bytes.subarray(0, 64), ' ') + (this.size > 64 ? ' …' : '');
    }
    return clipped(this.#asText());
  }

  /** All of it, for reading: nodes. */
  whole(wanted) {
    const kind = this.kind(wanted);
    if (kind === 'hex') {
      return [dump(this.#bytes.subarray(0, SHOWN_BYTES)), cut(this.size)];
    }
    if (kind === 'json' && this.json !== undefined) {
      const pretty = JSON.stringify(this.json, null, 2).slice(0, SHOWN_BYTES);
      return [...painted(pretty), cut(this.size)];
    }
    return [this.#asText().slice(0, SHOWN_BYTES), cut(this.size)];
  }

  /** Text of whatever bytes these are; what is not UTF-8 becomes U+FFFD. */
  #asText() {
    return this.text ?? new TextDecoder().decode(this.#bytes);
  }
}

/** Bytes of hex digits, with or without spaces, or null. */
export function bytesOfHex(text) {
  const digits = text.replace(/[\s:]/g, '');
  return /^([0-9a-fA-F]{2})*$/.test(digits)
    ? Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16))
    : null;
}

export function base64(bytes) {
  let raw = '';
  for (let i = 0; i < bytes.length; i += 8192) {
    raw += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(raw);
}

function parse(text) {
  if (text === null || !/^\s*[[{]/.test(text)) {
    return undefined;
  }
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const clipped = (text) => (text.length > 400 ? `${text.slice(0, 400)} …` : text);

const cut = (size) => (size > SHOWN_BYTES ? `\n… ${size - SHOWN_BYTES} bytes more` : '');

const hexOf = (bytes, between) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(between);

/** Sixteen bytes a line: position, hex, characters. */
function dump(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.subarray(at, at + 16);
    const characters = Array.from(part, (b) => (b > 31 && b < 127 ? String.fromCharCode(b) : '·')).join('');
    lines.push(`${at.toString(16).padStart(6, '0')}  ${hexOf(part, ' ').padEnd(47)}  ${characters}`);
  }
  return lines.join('\n');
}

/** JSON with its keys, texts and values in colours. */
function painted(pretty) {
  const nodes = [];
  let end = 0;
  for (const token of pretty.matchAll(TOKENS)) {
    const mark = document.createElement('span');
    mark.className = token[2] ? 'json-key' : token[1] ? 'json-text' : 'json-value';
    mark.textContent = token[1] ?? token[0];
    nodes.push(pretty.slice(end, token.index), mark);
    end = token.index + mark.textContent.length;
  }
  nodes.push(pretty.slice(end));
  return nodes;
}
