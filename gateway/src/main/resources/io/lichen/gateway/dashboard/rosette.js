// SPDX-License-Identifier: Apache-2.0
// Every node has a lichen of its own, grown from its id: the same id looks the same wherever it is shown.

import { s } from './dom.js';

const STEPS = 40;
const FEW_STEPS = 20;
const HUES = 8;

/** Numbers in 0..1 that follow from a text. */
export function seeded(text) {
  let state = 2166136261;
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 16777619);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A closed, lobed outline around 0,0. */
export function outline(radius, random, roughness = 0.1) {
  const steps = radius < 12 ? FEW_STEPS : STEPS;
  const waves = [3, 5, 7 + Math.floor(random() * 3)].map((lobes, i) => ({
    lobes,
    phase: random() * 2 * Math.PI,
    height: (roughness * (0.5 + random())) / (i + 1),
  }));
  const points = [];
  for (let i = 0; i < steps; i++) {
    const angle = (i / steps) * 2 * Math.PI;
    const r = waves.reduce((sum, w) => sum + w.height * Math.sin(w.lobes * angle + w.phase), 1) * radius;
    points.push([r * Math.cos(angle), r * Math.sin(angle)]);
  }
  return smooth(points);
}

/** The lichen of an id, as an SVG group. */
export function rosette(id, radius) {
  const random = seeded(id);
  const hue = Math.floor(random() * HUES);
  const inner = (hue + 1 + Math.floor(random() * (HUES - 1))) % HUES;
  const group = s('g', { class: 'rosette' });
  group.append(
    s('path', { class: `hue${hue}`, d: outline(radius * 0.94, random, 0.1) }),
    s('path', { class: `hue${inner}`, d: outline(radius * 0.58, random, 0.09) }),
  );
  const cups = 2 + Math.floor(random() * 3);
  for (let i = 0; i < cups; i++) {
    const angle = random() * 2 * Math.PI;
    const away = radius * (0.12 + 0.28 * random());
    group.append(
      s('circle', {
        class: 'cup',
        cx: (away * Math.cos(angle)).toFixed(1),
        cy: (away * Math.sin(angle)).toFixed(1),
        r: (radius * (0.08 + 0.07 * random())).toFixed(1),
      }),
    );
  }
  return group;
}

const glyphs = new Map();

/** The same, small, to stand in a line of text. Decoration: the id stands beside it. */
export function glyph(id, size = 18) {
  const key = `${size} ${id}`;
  let found = glyphs.get(key);
  if (!found) {
    if (glyphs.size > 500) {
      glyphs.clear();
    }
    found = s('svg', { class: 'glyph', viewBox: '-10 -10 20 20', width: size, height: size, 'aria-hidden': 'true' }, rosette(id, 9));
    glyphs.set(key, found);
  }
  return found.cloneNode(true);
}

/** Through all points, by Catmull and Rom's splines as Bézier curves. */
function smooth(points) {
  const n = points.length;
  const at = (i) => points[(i + n) % n];
  let path = `M${pair(at(0))}`;
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    path += `C${pair([b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6])} ${pair([c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6])} ${pair(c)}`;
  }
  return `${path}Z`;
}

const pair = ([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`;
