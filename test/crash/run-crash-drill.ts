/**
 * npm run drill:crash [-- ROUNDS] [--synchronous-commit=off]: kills the service and the database ROUNDS times each (5) while they are
 * written to, and fails when anything that was acknowledged is lost or anything is half done.
 *
 * With --synchronous-commit=off PostgreSQL acknowledges before it has written, and the drill fails when it finds no losses.
 */
import { parseArgs } from 'node:util';
import { Stop, main } from '../../scripts/processes.mjs';
import { crashDrill } from './crash-drill.js';

await main(async () => {
  const { positionals, values } = parseArgs({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: { 'synchronous-commit': { type: 'string', default: 'on' } },
  });
  const rounds = Number(positionals[0] ?? 5);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Stop('The number of rounds must be 1 or more.');
  const durable = values['synchronous-commit'] !== 'off';
  const { lost, half, slowestRecoveryMs, allowedRecoveryMs } = await crashDrill({
    rounds,
    durable,
    say: (sentence) => process.stdout.write(`${sentence}\n`),
  });
  const passed = durable ? lost === 0 && half === 0 && slowestRecoveryMs <= allowedRecoveryMs : lost > 0;
  if (!passed) process.exitCode = 1;
});
