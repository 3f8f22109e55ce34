/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  private state: number;

  /** @param name what it is for: two of the same seed and another name are two sequences */
  constructor(seed: number, name = '') {
    this.state = seed >>> 0;
    for (const character of name)
      this.state = Math.imul(this.state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }

  /** At least 0, less than 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number, both ends included. */
  int(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** @throws Error if there is nothing to choose from */
  pick<T>(list: readonly T[]): T {
    const chosen = list[this.int(0, list.length - 1)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  }

  /** Some of a list, in its order: at least one, at most `most`. */
  some<T>(list: readonly T[], most: number): T[] {
    const wanted = Math.min(list.length, this.int(1, most));
    const left = [...list.keys()];
    const chosen = new Set<number>();
    while (chosen.size < wanted) {
      const at = this.int(0, left.length - 1);
      const [index] = left.splice(at, 1);
      if (index !== undefined) chosen.add(index);
    }
    return list.filter((_, index) => chosen.has(index));
  }
}
