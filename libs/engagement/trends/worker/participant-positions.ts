import type { Lists } from '../release/types.js';

/**
 * The positions by which the engine knows people, in place of their numbers in the database: first the people of the period, in the order given,
 * then others in the order in which they are asked for (people of earlier periods). One object for each population.
 */
export class ParticipantPositions {
  private readonly later = new Map<number, number>();

  constructor(private readonly period: PeriodParticipants) {}

  /** The position of a person, who gets the next one if they have none. */
  of(participant: number): number {
    const known = this.period.positionOf(participant) ?? this.later.get(participant);
    if (known !== undefined) return known;
    const next = this.period.size + this.later.size;
    this.later.set(participant, next);
    return next;
  }

  /** Lists of people as the engine takes them. */
  lists(people: readonly (readonly number[])[]): Lists {
    return listsOf(people.map((list) => list.map((participant) => this.of(participant))));
  }
}

/** The people of a period: their numbers in the database by position. */
export class PeriodParticipants {
  private readonly positions: ReadonlyMap<number, number>;

  constructor(private readonly numbers: readonly number[]) {
    this.positions = new Map(numbers.map((participant, position) => [participant, position]));
  }

  get size(): number {
    return this.numbers.length;
  }

  /** @returns undefined for somebody who is not of the period */
  positionOf(participant: number): number | undefined {
    return this.positions.get(participant);
  }

  has(participant: number): boolean {
    return this.positions.has(participant);
  }

  /** The numbers of people of the period. */
  numbersOf(positions: Iterable<number>): number[] {
    return Array.from(positions, (position) => this.numbers[position] ?? 0);
  }
}

export function listsOf(lists: readonly (readonly number[])[]): Lists {
  const offsets = new Int32Array(lists.length + 1);
  lists.forEach((list, index) => (offsets[index + 1] = (offsets[index] ?? 0) + list.length));
  const items = new Int32Array(offsets.at(-1) ?? 0);
  lists.forEach((list, index) => {
    items.set(list, offsets[index]);
  });
  return { offsets, items };
}
