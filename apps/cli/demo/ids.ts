import { createHash } from 'node:crypto';

/**
 * The id of an object of the demo organization: a UUID of version 8 (RFC 9562) that is derived from its name, so that it is the same in
 * every installation and links stay valid.
 */
export function demoId(kind: string, ...name: readonly (string | number)[]): string {
  return shaped(hash(kind, name));
}

/**
 * The same for a type that the service lists by id, newest first: higher numbers come first. Objects that are created after loading
 * come before all of them, because ids of the database begin with the current time.
 */
export function orderedId(kind: string, order: number, ...name: readonly (string | number)[]): string {
  const begin = BEFORE_ALL + Math.round(order * 60_000);
  return shaped(begin.toString(16).padStart(12, '0') + hash(kind, name).slice(12));
}

/** A pseudo-random number from 0 to `below` - 1, always the same for the same words. */
export function pick(below: number, ...words: readonly (string | number)[]): number {
  return Number.parseInt(hash('pick', words).slice(0, 8), 16) % below;
}

const BEFORE_ALL = Date.UTC(2020, 0, 1);

function hash(kind: string, name: readonly (string | number)[]): string {
  return createHash('sha256')
    .update(['quince-and-gander', kind, ...name].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

function shaped(hex: string): string {
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
