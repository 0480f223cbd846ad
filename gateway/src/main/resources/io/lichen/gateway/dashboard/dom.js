// SPDX-License-Identifier: Apache-2.0
// Makes elements. Text is always a text node, never markup: what comes from the mesh can not become HTML.

const SVG = 'http://www.w3.org/2000/svg';

export const byId = (id) => document.getElementById(id);

/** An HTML element; attributes that are false or null are left out, those that begin with "on" are listeners. */
export const h = (tag, attributes, ...children) =>
  fill(document.createElement(tag), attributes, children);

/** The same for SVG. */
export const s = (tag, attributes, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

/** Sets a text only where it differs, so that nothing is laid out anew for nothing. */
export function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** A row of radio buttons that looks like one control. */
export function choice(fieldset, name, options, chosen, onChange) {
  for (const [value, label] of options) {
    const input = h('input', { type: 'radio', name, value, id: `${name}-${value}` });
    input.checked = value === chosen;
    input.addEventListener('change', () => onChange(value));
    fieldset.append(input, h('label', { for: input.id }, label));
  }
  return fieldset;
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}
