// SPDX-License-Identifier: Apache-2.0
// Requests to the node. Asks for the token when the node wants one, and keeps it for this tab alone.

import { byId } from './dom.js';

const KEY = 'lichen.token';

/** An answer that was an error: its status, and the code and text that came with it. */
export class ApiError extends Error {
  constructor(status, error) {
    super(error?.message ?? `the node answered ${status}`);
    this.status = status;
    this.code = error?.code ?? status;
  }
}

let asking = null;

export const hasToken = () => sessionStorage.getItem(KEY) !== null;

export function forgetToken() {
  sessionStorage.removeItem(KEY);
  location.reload();
}

/** A request; repeated with another token as long as the node refuses the one it got. */
export async function request(path, options = {}) {
  for (let refused = false; ; refused = true) {
    const token = sessionStorage.getItem(KEY);
    const headers = { ...options.headers };
    if (token !== null) {
      headers.Authorization = `Bearer ${token}`;
    }
    const response = await fetch(path, { ...options, headers, cache: 'no-store' });
    if (response.status !== 401) {
      return response;
    }
    if (token === sessionStorage.getItem(KEY)) {
      await askForToken(refused || token !== null);
    }
  }
}

/** JSON of a path. */
export async function get(path) {
  return answer(await request(path, { headers: { Accept: 'application/json' } }));
}

/** A change; nothing comes back but errors. */
export async function send(method, path) {
  await answer(await request(path, { method }));
}

/** The address of a WebSocket of this node: browsers can give it no header, so the token goes into the query. */
export function socketAddress(path) {
  const address = new URL(path, document.baseURI);
  address.protocol = address.protocol.replace('http', 'ws');
  const token = sessionStorage.getItem(KEY);
  if (token !== null) {
    address.searchParams.set('token', token);
  }
  return address;
}

async function answer(response) {
  const text = await response.text();
  const isJson = (response.headers.get('Content-Type') ?? '').includes('json');
  const value = isJson && text !== '' ? JSON.parse(text) : text;
  if (!response.ok) {
    throw new ApiError(response.status, value?.error);
  }
  return value;
}

/** However many requests were refused, there is one question. */
function askForToken(wasRefused) {
  asking ??= new Promise((resolve) => {
    const dialog = byId('token-dialog');
    const field = byId('token');
    byId('token-says').textContent = wasRefused ? 'The node did not accept this token.' : '';
    field.value = '';
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener(
      'close',
      () => {
        sessionStorage.setItem(KEY, field.value);
        asking = null;
        resolve();
      },
      { once: true },
    );
    dialog.showModal();
    field.focus();
  });
  return asking;
}
