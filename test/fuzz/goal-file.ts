import { HOSTILE_TEXTS } from './hostile-values.js';
import type { Random } from './random.js';

/**
 * A goals.json of an export, with some values that are wrong.
 *
 * @param evil how often a value is wrong, from 0 to 1
 * @param mark a word that is found nowhere else
 * @param ids of goals that there are, whosever they are
 */
export function goalFile(random: Random, evil: number, mark: () => string, ids: readonly string[]): string {
  const value = (good: unknown): unknown =>
    random.chance(evil / 10) ? random.pick<unknown>([null, 3, -1, [], {}, true, '', ...HOSTILE_TEXTS]) : good;
  const list = (make: () => unknown): unknown =>
    value(Array.from({ length: random.int(0, 3) }, () => value(make())));
  const instant = (): string => new Date(Date.UTC(random.int(1970, 2025), 5, 6, 7, 8, 9, 10)).toISOString();
  const goal = (): unknown => ({
    id: value(random.chance(0.5) && ids.length > 0 ? random.pick(ids) : randomId(random)),
    title: value(`Imported ${mark()}`),
    why: value(random.chance(0.5) ? mark() : null),
    area: value(null),
    horizon: value(random.pick([null, 'LIFE'])),
    targetOn: value(random.pick([null, '2030-01-01'])),
    status: value(random.pick(['ACTIVE', 'ACHIEVED'])),
    measure: value(random.chance(0.5) ? null : { unit: 'km', start: value(0), current: value(1), target: 2 }),
    version: value(random.int(1, 5)),
    createdAt: value(instant()),
    updatedAt: value(instant()),
    milestones: list(() => ({ title: value(mark()), reachedOn: value(null) })),
    updates: list(() => ({ at: value(instant()), text: value(mark()), measuredValue: value(null) })),
    history: value([{ version: 1, at: instant(), title: value(mark()), why: null }]),
    visibility: 'ORGANIZATION',
  });
  return JSON.stringify(value({ format: value('mutual-goals'), formatVersion: 1, goals: list(goal) }));
}

function randomId(random: Random): string {
  const hex = (length: number): string =>
    Array.from({ length }, () => random.int(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
