// SPDX-License-Identifier: Apache-2.0

import { setText } from './dom.js';

const KEY = 'lichen.theme';
const THEMES = ['auto', 'light', 'dark'];

/** Goes from the system's theme to light to dark and on; theme.js applies what was chosen on the next visit. */
export function themeSwitch(button) {
  let theme = localStorage.getItem(KEY) ?? 'auto';
  const show = () => setText(button, `Theme: ${theme}`);
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    if (theme === 'auto') {
      localStorage.removeItem(KEY);
      delete document.documentElement.dataset.theme;
    } else {
      localStorage.setItem(KEY, theme);
      document.documentElement.dataset.theme = theme;
    }
    show();
  });
  show();
}
