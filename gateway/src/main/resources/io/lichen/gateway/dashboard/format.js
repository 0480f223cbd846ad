// SPDX-License-Identifier: Apache-2.0
// Numbers, times and names as people read them.

const COUNT = new Intl.NumberFormat('en');
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

export const count = (n) => COUNT.format(n);

/** Events or bytes each second: one digit behind the point as long as it says something. */
export const rate = (n) => (n >= 10 ? count(Math.round(n)) : n >= 0.05 ? n.toFixed(1) : '0');

export const clock = (ms) => CLOCK.format(ms);

/** The first eight characters of a key or an id, as the command line shows them. */
export const short = (id) => (id.length > 12 ? id.slice(0, 8) : id);

export function millis(ms) {
  if (ms === null || ms === undefined) {
    return '–';
  }
  return ms < 1 ? `${ms.toFixed(2)} ms` : ms < 10 ? `${ms.toFixed(1)} ms` : `${count(Math.round(ms))} ms`;
}

export function span(ms) {
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) {
    return `${minutes} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} days`;
}

export function bytes(n) {
  return n < 1024 ? `${n} B` : n < 1048576 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 1048576).toFixed(1)} MiB`;
}

const NAMES = { cgnat: 'carrier-grade NAT', symmetric_nat: 'symmetric NAT', stun: 'STUN', upnp: 'UPnP', pcp: 'PCP', nat_pmp: 'NAT-PMP' };

/** port_restricted_cone → port-restricted cone */
export function words(name) {
  const lower = name.toLowerCase();
  return NAMES[lower] ?? lower.replace(/_cone$/, ' cone').replaceAll('_', '-');
}
