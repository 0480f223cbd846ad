// SPDX-License-Identifier: Apache-2.0
// Server-sent events over fetch: unlike EventSource it can send the token in a header, and stop at the right place.

import { request } from './api.js';

const WAIT_MS = 2000;

/** Follows a stream until `signal` says stop, or the stream says "end"; resumes after the last id it saw. */
export async function follow(path, signal, onEvent) {
  let lastId = null;
  let isLost = false;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream' };
      if (lastId !== null) {
        headers['Last-Event-ID'] = lastId;
      }
      const response = await request(path, { headers, signal });
      if (!response.ok) {
        throw new Error(`the node answered ${response.status}`);
      }
      for await (const event of parsed(response.body)) {
        isLost = false;
        lastId = event.id ?? lastId;
        if (event.type === 'end') {
          return;
        }
        onEvent(event);
      }
    } catch (error) {
      if (signal.aborted) {
        return;
      }
      if (!isLost) {
        onEvent({ type: 'lost', data: error.message });
      }
      isLost = true;
    }
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

async function* parsed(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) {
      return;
    }
    text += value;
    const blocks = text.split(/\r?\n\r?\n/);
    text = blocks.pop();
    for (const block of blocks) {
      const event = eventOf(block);
      if (event !== null) {
        yield event;
      }
    }
  }
}

/** Null of a block of comments. */
function eventOf(block) {
  const event = { type: 'message', id: null, data: [] };
  for (const line of block.split(/\r?\n/)) {
    const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
    if (name === 'data') {
      event.data.push(value);
    } else if (name === 'id') {
      event.id = value;
    } else if (name === 'event') {
      event.type = value;
    }
  }
  return event.data.length === 0 && event.type === 'message' ? null : { ...event, data: event.data.join('\n') };
}
