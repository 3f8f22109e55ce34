/** Whether this is `npm run prove`, the long form of the proofs, rather than `npm test`. */
export const long = process.env.PROVE === '1';

/** How many rounds a proof takes: few within npm test, many within npm run prove. */
export function rounds(short: number, many: number): number {
  return long ? many : short;
}

/** The seed of a random proof: a new one each time, printed, or the one given in SEED to repeat a run. */
export function seed(proof: string): number {
  const given = Number(process.env.SEED ?? '');
  const chosen = given > 0 ? given : Math.floor(Math.random() * 0x7fff_ffff) + 1;
  if (long) process.stdout.write(`${proof}: SEED=${String(chosen)}\n`);
  return chosen;
}
