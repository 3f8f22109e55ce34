import type { Random } from './random.js';

const MOST = 20;

/** What answers offer to go on with, by the name of the list. */
export class Cursors {
  readonly known = new Map<string, string[]>();

  constructor(private readonly random: Random) {}

  /** Remembers the cursors of an answer. */
  learn(value: unknown, list = ''): void {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const field = name.replace(/_\d+$/, '');
      if (typeof inner === 'string' && (field === 'cursor' || field === 'endCursor')) this.keep(list, inner);
      const passesOn = Array.isArray(value) || field === 'edges' || field === 'pageInfo';
      this.learn(inner, passesOn ? list : field);
    }
  }

  private keep(list: string, cursor: string): void {
    const known = this.known.get(list) ?? [];
    if (known.length < MOST) known.push(cursor);
    else known[this.random.int(0, MOST - 1)] = cursor;
    this.known.set(list, known);
  }
}
