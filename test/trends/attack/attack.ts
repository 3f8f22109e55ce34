/** All attacks on one world. */
import type { Finding, FindingKind } from './finding.js';
import { interferenceAttack } from './interference.js';
import { type Publication, publicationsOf } from './publications.js';
import type { PublishedRow, Releaser } from './published-rows.js';
import { askedAttack, rankAttack, staticAttack } from './rank-attack.js';
import { shapeAttack } from './shape-attack.js';
import { type Method, valueAttack } from './value-attack.js';
import { type World, quartersOf } from './world.js';

interface Target {
  world: World;
  release: Releaser;
  method: Method;
  rows: readonly PublishedRow[];
  publications: readonly Publication[];
}

interface Attack {
  kinds: readonly FindingKind[];
  run: (target: Target) => Finding[] | Promise<Finding[]>;
}

/** Cheap ones first. */
const ATTACKS: readonly Attack[] = [
  { kinds: ['SHAPE', 'FROZEN'], run: ({ world, rows }) => shapeAttack(world, rows) },
  { kinds: ['SHAPE', 'FROZEN'], run: ({ world, rows, release }) => interferenceAttack(world, rows, release) },
  { kinds: ['RANK'], run: ({ world, publications, rows }) => rankAttack(world, publications, rows) },
  { kinds: ['PARTICIPATION'], run: ({ world, publications }) => askedAttack(world, publications) },
  { kinds: ['STATIC'], run: ({ world, publications }) => staticAttack(world, publications) },
  {
    kinds: ['ANSWER', 'TOTAL', 'PARTICIPATION', 'COUNT', 'FALSE'],
    run: ({ world, publications, rows, method }) => valueAttack(world, publications, rows, method),
  },
];

/** @param kind only attacks that find this kind; otherwise all */
export async function attack(
  world: World,
  release: Releaser,
  method: Method,
  kind?: FindingKind,
): Promise<Finding[]> {
  const rows = await release(world, quartersOf(world));
  const target = { world, release, method, rows, publications: publicationsOf(world, rows) };
  const findings: Finding[] = [];
  for (const { kinds, run } of ATTACKS)
    if (kind === undefined || kinds.includes(kind)) findings.push(...(await run(target)));
  return kind === undefined ? findings : findings.filter((finding) => finding.kind === kind);
}
