// SPDX-License-Identifier: Apache-2.0
// Before the first paint, so that the page never shows the other theme first.
const chosen = localStorage.getItem('lichen.theme');
if (chosen === 'light' || chosen === 'dark') {
  document.documentElement.dataset.theme = chosen;
}
