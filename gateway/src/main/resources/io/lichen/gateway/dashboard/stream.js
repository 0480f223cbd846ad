// SPDX-License-Identifier: Apache-2.0
// A list of what comes in, newest last, that stays fast however much that is: a bounded memory, a bounded number of
// rows, which are used again, and one change of the page for each frame. What is not shown is counted.

import { choice, h, setText } from './dom.js';
import { bytes, count } from './format.js';

const KEPT = 2000;
const ROWS = 160;
const ROWS_A_FRAME = 40;
const FRAME_MS = 100;

const FORMS = [['auto', 'Auto'], ['text', 'Text'], ['json', 'JSON'], ['hex', 'Hex']];

/** Items have a payload; `cells` makes what stands before it in a row, `fill` says an item in them, `textOf` is what a filter looks at. */
export class Stream {
  #list;
  #says;
  #cells;
  #fill;
  #textOf;
  #empty;
  #pauseButton;
  #kept = new Array(KEPT);
  #total = 0;
  #pending = [];
  #passed = 0;
  #held = 0;
  #paused = false;
  #form = 'auto';
  #filter = '';
  #accepts = () => true;
  #frame = 0;
  #lastFrame = 0;
  #opened = null;

  constructor({ list, tools, says, name, empty, cells, fill, textOf }) {
    this.#list = list;
    this.#says = says;
    this.#cells = cells;
    this.#fill = fill;
    this.#textOf = textOf;
    this.#empty = h('p', { class: 'empty' }, empty);
    this.#pauseButton = h('button', { type: 'button', 'aria-pressed': 'false', onclick: () => this.pause(!this.#paused) }, 'Pause');
    const filter = h('input', { type: 'search', id: `${name}-filter`, placeholder: 'Filter', autocomplete: 'off', spellcheck: 'false' });
    filter.addEventListener('input', () => this.#refilter(filter.value));
    tools.append(
      h('label', { class: 'hidden', for: filter.id }, `Filter ${name}`),
      filter,
      choice(h('fieldset', { class: 'choice' }, h('legend', {}, `Show ${name} as`)), `${name}-form`, FORMS, 'auto', (form) => {
        this.#form = form;
        this.redraw();
      }),
      this.#pauseButton,
      h('button', { type: 'button', onclick: () => this.clear() }, 'Clear'),
    );
    list.append(this.#empty);
    list.addEventListener('keydown', (event) => this.#move(event));
    list.addEventListener('click', (event) => this.#toggle(event.target.closest('.row')));
    list.addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  /** Cheap: nothing is decoded or drawn here unless there is a filter. */
  add(item) {
    this.#kept[this.#total++ % KEPT] = item;
    if (!this.#matches(item)) {
      this.#schedule();
      return;
    }
    if (this.#paused) {
      this.#held++;
    } else {
      this.#pending.push(item);
      if (this.#pending.length > 2 * ROWS_A_FRAME) {
        this.#passed += ROWS_A_FRAME;
        this.#pending = this.#pending.slice(ROWS_A_FRAME);
      }
    }
    this.#schedule();
  }

  /** A line between items: the connection was lost, for example. */
  note(text) {
    this.add({ note: text });
  }

  /** What items are shown beside the filter's. */
  accept(test) {
    this.#accepts = test;
    this.redraw();
  }

  pause(paused) {
    if (paused === this.#paused) {
      return;
    }
    this.#paused = paused;
    this.#pauseButton.setAttribute('aria-pressed', String(paused));
    setText(this.#pauseButton, paused ? 'Go on' : 'Pause');
    paused ? this.#schedule() : this.redraw();
  }

  clear() {
    this.#kept = new Array(KEPT);
    this.#total = this.#passed = 0;
    this.redraw();
  }

  /** Draws the last rows anew from what is kept. */
  redraw() {
    this.#held = 0;
    this.#opened = null;
    const found = [];
    for (let at = this.#total - 1; at >= Math.max(0, this.#total - KEPT) && found.length < ROWS; at--) {
      const item = this.#kept[at % KEPT];
      if (this.#matches(item)) {
        found.push(item);
      }
    }
    this.#pending = found.reverse();
    this.#list.replaceChildren();
    this.#draw();
  }

  #refilter(text) {
    this.#filter = text.trim().toLowerCase();
    this.redraw();
  }

  #matches(item) {
    if (item.note) {
      return true;
    }
    return this.#accepts(item) && (this.#filter === '' || this.#textOf(item).toLowerCase().includes(this.#filter));
  }

  #schedule() {
    if (this.#frame === 0) {
      this.#frame = requestAnimationFrame((now) => this.#onFrame(now));
    }
  }

  #onFrame(now) {
    this.#frame = 0;
    if (now - this.#lastFrame < FRAME_MS) {
      this.#schedule();
      return;
    }
    this.#lastFrame = now;
    this.#draw();
  }

  #draw() {
    if (this.#pending.length > 0) {
      this.#empty.remove();
      this.#append(this.#pending);
      this.#pending = [];
      this.#list.scrollTop = this.#list.scrollHeight;
    } else if (this.#list.childElementCount === 0) {
      this.#list.append(this.#empty);
    }
    this.#count();
  }

  #append(items) {
    for (const item of items) {
      this.#list.append(this.#rowOf(item));
    }
  }

  /** The oldest row becomes the newest when there are enough. */
  #rowOf(item) {
    const isFull = this.#list.childElementCount >= ROWS;
    if (item.note) {
      isFull && this.#list.firstElementChild.remove();
      return h('p', { class: 'note' }, item.note);
    }
    const oldest = isFull ? this.#list.firstElementChild : null;
    const row = oldest?.cells ? oldest : this.#makeRow();
    if (oldest && oldest !== row) {
      oldest.remove();
    }
    row.item = item;
    this.#fill(row.cells, item);
    this.#show(row, false);
    return row;
  }

  #makeRow() {
    const row = h('div', { class: 'row' });
    row.cells = this.#cells();
    row.data = h('span', { class: 'data' });
    row.line = h('button', { type: 'button', tabindex: '-1', class: 'line', 'aria-expanded': 'false' }, ...row.cells, row.data);
    row.append(row.line);
    return row;
  }

  #show(row, isOpen) {
    const { payload } = row.item;
    setText(row.data, isOpen ? bytes(payload.size) : payload.line(this.#form));
    if (isOpen !== row.classList.contains('open')) {
      row.classList.toggle('open', isOpen);
      row.line.setAttribute('aria-expanded', String(isOpen));
      row.replaceChildren(row.line);
    }
    if (isOpen) {
      row.append(h('pre', { tabindex: '0', 'aria-label': 'Payload' }, ...payload.whole(this.#form)));
    }
  }

  /** Opens a row to be read; the list waits meanwhile. */
  #toggle(row) {
    if (!row || getSelection().type === 'Range') {
      return;
    }
    const before = this.#opened;
    if (before) {
      this.#show(before, false);
    }
    this.#opened = before === row ? null : row;
    if (this.#opened) {
      this.pause(true);
      this.#show(row, true);
    }
    row.scrollIntoView({ block: 'nearest' });
    row.line.focus({ preventScroll: true });
  }

  /** Arrow keys go from row to row, so that Tab need not pass all of them. */
  #move(event) {
    const rows = [...this.#list.querySelectorAll('.line')];
    const at = rows.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? rows.length - 1 : at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined || document.activeElement.tagName === 'PRE') {
      return;
    }
    event.preventDefault();
    if (rows[to]) {
      this.pause(true);
      rows[to].focus();
    }
  }

  /** Who scrolls up wants to read: the list waits, and goes on at its end. */
  #scrolled() {
    const fromEnd = this.#list.scrollHeight - this.#list.clientHeight - this.#list.scrollTop;
    if (fromEnd > 40 && !this.#paused) {
      this.pause(true);
    }
  }

  #count() {
    const parts = [];
    if (this.#held > 0) {
      parts.push(`${count(this.#held)} newer, held back`);
    } else if (this.#paused) {
      parts.push('paused');
    }
    if (this.#passed > 0) {
      parts.push(`${count(this.#passed)} too fast to show`);
    }
    parts.push(`${count(this.#total)} in all`);
    setText(this.#says, parts.join(' · '));
  }
}
