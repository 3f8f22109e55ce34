/**
 * npm run attack:trends -- 1000: attacks the service's releaser and the references in that many random organizations, and their mutants in up
 * to 50. SEED is the seed of the first one. `--target FILE` attacks the releasers of one module only; `--months 3` shortens the worlds.
 */
import { parseArgs } from 'node:util';
import { type Outcome, attackWorlds, judgeWorlds } from './campaign.js';
import { loadTargets } from './target.js';

const MUTANT_WORLDS = 50;
const JUDGED_WORLDS = 100;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { target: { type: 'string' }, months: { type: 'string' } },
});
const worlds = Number(positionals[0] ?? '1000');
const seed = Number(process.env.SEED ?? '1');
const months = Number(values.months ?? '24');
if (![worlds, seed, months].every((number) => Number.isInteger(number) && number > 0) || months > 24)
  throw new Error('Say how many worlds: npm run attack:trends -- 1000');

console.log(`${worlds} worlds of ${months} months, seeds ${seed} to ${seed + worlds - 1}`);
const targets = await loadTargets(values.target);
const broken = new Set<number>();
let answeredByHighs = 0;
let undecided = 0;
for (const { releasers, definitions } of targets) {
  for (const { name, release } of releasers) {
    const campaign = { worlds, seed, months, definitions };
    const outcome = await attackWorlds(release, { ...campaign, progress: progress(name, worlds) });
    report(name, outcome);
    for (const one of outcome.broken.keys()) broken.add(one);
    answeredByHighs += outcome.answeredByHighs;
    undecided += outcome.undecided;
    const judged = Math.min(worlds, JUDGED_WORLDS);
    for (const whole of [false, true]) {
      const title = `  second judge (HiGHS), ${whole ? 'whole answers' : 'linear program'}`;
      const verdict = await judgeWorlds(
        release,
        { ...campaign, worlds: judged, progress: progress(title, judged) },
        whole,
      );
      report(title, verdict, `, ranges of ${verdict.answers} answers and ${verdict.totals} hidden totals`);
      for (const one of verdict.broken.keys()) broken.add(one);
    }
  }
}
const mutants = targets.flatMap(({ mutants: own, definitions }) =>
  own.map((mutant) => ({ ...mutant, definitions })),
);
let caught = 0;
for (const { name, expects, attack, definitions } of mutants) {
  const count = Math.min(worlds, MUTANT_WORLDS);
  const outcome = await attack({ worlds: count, seed, months, definitions, progress: progress(name, count) });
  if (outcome === undefined) console.log(`mutant: ${name}: exceeded the time limit`);
  else {
    report(`mutant: ${name}`, outcome, ` by ${expects}`);
    if (outcome.broken.size > 0) caught += 1;
  }
}
console.log(`${answeredByHighs} questions were answered by HiGHS, as the search was given up`);
if (undecided > 0) console.log(`${undecided} questions were given up: the attack is not complete`);
console.log(`worlds ${worlds} broken ${broken.size} mutants caught ${caught}/${mutants.length}`);
process.exitCode = broken.size === 0 && undecided === 0 && caught === mutants.length ? 0 : 1;

function report(name: string, { worlds: count, broken: found }: Outcome, more = ''): void {
  const share = `${((100 * found.size) / count).toFixed(1)} %`;
  console.log(`${name}: broken ${found.size} of ${count} (${share})${more}`);
  const [first] = found;
  if (first === undefined) return;
  const kinds = [...found.values()].flatMap((findings) => [...new Set(findings.map(({ kind }) => kind))]);
  const counts = Array.from(
    Map.groupBy(kinds, (kind) => kind),
    ([kind, of]) => `${kind} in ${of.length}`,
  );
  const [{ period, detail } = { period: '', detail: '' }] = first[1];
  console.log(`    ${counts.join(', ')}; SEED=${first[0]}: ${period} ${detail}`);
}

/** A line on a terminal; elsewhere one for each tenth. */
function progress(name: string, total: number): (done: number) => void {
  const { isTTY } = process.stderr;
  return (done) => {
    const percent = Math.floor((100 * done) / total);
    if (isTTY) process.stderr.write(done === total ? '\r\x1b[K' : `\r${name}: ${done} of ${total}\x1b[K`);
    else if (percent % 25 === 0 && Math.floor((100 * (done - 1)) / total) < percent)
      process.stderr.write(`${name}: ${done} of ${total}\n`);
  };
}
