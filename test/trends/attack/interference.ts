/**
 * Releases of worlds that differ in one hidden thing only, side by side. Decisions must depend on who took part, never on answers (so that
 * what is withheld tells nothing); and what is published about a period must not depend on what happens after it.
 */
import type { Finding } from './finding.js';
import { type PublishedRow, type Releaser, cellOf } from './published-rows.js';
import { Random } from '../../fuzz/random.js';
import { type World, quartersOf } from './world.js';

export async function interferenceAttack(
  world: World,
  rows: readonly PublishedRow[],
  release: Releaser,
): Promise<Finding[]> {
  const quarters = quartersOf(world);
  const others = await release(withOtherAnswers(world), quarters);
  const findings: Finding[] = [];
  if (others.map(decision).join('\n') !== rows.map(decision).join('\n'))
    findings.push({ kind: 'SHAPE', period: '', detail: 'which rows are released depends on the answers' });
  const half = quarters.slice(0, Math.ceil(quarters.length / 2));
  const earlier = await release(until(world, half), half);
  const frozen = rows.filter(({ period }) => earlier.some((row) => row.period === period));
  if (earlier.map((row) => JSON.stringify(row)).join() !== frozen.map((row) => JSON.stringify(row)).join())
    findings.push({ kind: 'FROZEN', period: half.at(-1)!, detail: 'figures depend on what happened later' });
  return findings;
}

/** Everything of a row but its figure. */
function decision(row: PublishedRow): string {
  return [cellOf(row), row.status, row.rounded_to, row.people_band, row.label, row.released_at].join('|');
}

/** The same people take part and give other answers. */
function withOtherAnswers(world: World): World {
  const random = new Random(world.seed, 'other answers');
  const answers = [...world.answers].map(([driver, quarters]) => {
    const most = driver === 'RECOMMEND' ? 10 : 5;
    const replaced = [...quarters].map(
      ([quarter, given]) =>
        [
          quarter,
          new Map([...given.keys()].map((id) => [id, random.int(most === 10 ? 0 : 1, most)])),
        ] as const,
    );
    return [driver, new Map(replaced)] as const;
  });
  return { ...world, answers: new Map(answers) };
}

/** The same world, which ends earlier. */
function until(world: World, quarters: readonly string[]): World {
  const months = world.months.slice(0, quarters.length * 3);
  const last = months.at(-1)!;
  return { ...world, months, departures: world.departures.filter(({ month }) => month <= last) };
}
